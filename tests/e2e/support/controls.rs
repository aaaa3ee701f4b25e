//! What axe does not see: whether the border of every control can be seen
//! against what it stands on, and whether it is large enough to be hit.

use fantoccini::Client;
use serde_json::Value;

/// A border of less than 3 to 1 (WCAG 1.4.11) or less than 24 pixels each way (2.5.8), and boxes drawn by the web view,
/// whose border cannot be read. A control without a border of its own is words, which axe measures.
const MEASURE: &str = "
    const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const parts = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const clear = colour => (parts(colour)[3] ?? 1) === 0;
    const ground = e => {
        for (let p = e.parentElement; p; p = p.parentElement) {
            const colour = getComputedStyle(p).backgroundColor;
            if (!clear(colour)) return parts(colour);
        }
        return [255, 255, 255];
    };
    const contrast = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
    const sides = e => {
        const style = getComputedStyle(e);
        return ['Top', 'Right', 'Bottom', 'Left'].filter(side => parseFloat(style[`border${side}Width`]) > 0
            && style[`border${side}Style`] !== 'none' && !clear(style[`border${side}Color`]));
    };
    const open = document.querySelector('dialog[open]') ?? document;
    const faults = [], seen = new Set();
    let measured = 0;
    for (const e of open.querySelectorAll('input, select, textarea, button, [role=radio], [role=checkbox]')) {
        if (!e.checkVisibility() || e.closest('.hidden-words')) continue;
        const style = getComputedStyle(e);
        const name = `${e.tagName.toLowerCase()}${e.type ? '[' + e.type + ']' : ''}.${[...e.classList].filter(c => !c.startsWith('svelte')).join('.')}`;
        const tell = words => { const fault = `${name} “${(e.labels?.[0] ?? e).textContent.trim().slice(0, 30)}” ${words}`; if (!seen.has(name + words)) faults.push(fault); seen.add(name + words); };
        const box = (e.closest('label') ?? e).getBoundingClientRect();
        if (box.width < 24 || box.height < 23.5) tell(`is ${Math.round(box.width)} by ${Math.round(box.height)} pixels`);
        const ticked = ['checkbox', 'radio'].includes(e.type);
        if (ticked && style.appearance !== 'none') tell('has a border that the web view draws');
        // A field that stands with its chips in one box is drawn by that box.
        const drawn = e.matches('input[role=combobox]') && sides(e).length < 4 ? e.parentElement : e;
        if (e.matches('button') && sides(drawn).length < 4) continue;
        if (sides(drawn).length < 4) { tell('has no border'); continue; }
        measured += 1;
        const on = ground(drawn);
        for (const side of sides(drawn)) {
            const ratio = contrast(parts(getComputedStyle(drawn)[`border${side}Color`]), on);
            if (ratio < 3) { tell(`has a border of ${ratio.toFixed(1)} to 1`); break; }
        }
    }
    return { faults, measured };";

/// What is wrong with the controls on the screen, each kind once.
pub async fn faults(page: &Client, view: &str) -> Vec<String> {
    measure(page).await.0.into_iter().map(|fault| format!("{view}: {fault}")).collect()
}

/// What is wrong, and how many borders were measured.
pub async fn measure(page: &Client) -> (Vec<String>, u64) {
    let found = page.execute(MEASURE, vec![]).await.unwrap();
    let faults = found["faults"].as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect();
    (faults, found["measured"].as_u64().unwrap())
}
