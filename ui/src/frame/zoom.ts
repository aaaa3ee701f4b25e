import { zoom } from "$ipc/shell";

const STEPS = [0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const USUAL = STEPS.indexOf(1);
let step = USUAL;

export const larger = () => show(step + 1);
export const smaller = () => show(step - 1);
export const usual = () => show(USUAL);

function show(next: number): void {
  step = Math.min(Math.max(next, 0), STEPS.length - 1);
  void zoom(STEPS[step] ?? 1);
}
