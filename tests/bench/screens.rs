//! The screens with lists in the real window, with 5,000 families against 50:
//! from the key to the picture, in turns. `make bench`; docs/bench.md.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "it measures, and stops at the first surprise")]

#[cfg(target_os = "linux")]
#[path = "../e2e/support/mod.rs"]
#[allow(dead_code, reason = "the journeys use the rest")]
mod support;

#[cfg(target_os = "linux")]
fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(drawn::measure());
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("{{\"name\":\"screens with lists drawn\",\"skipped\":\"measured on Linux only\"}}");
}

#[cfg(target_os = "linux")]
mod drawn {
    use std::fs;

    use attune_core::ops::practice::Plan;
    use serde_json::json;

    use crate::support::{app::App, keys::Keyboard, place::Place, practice, screen, screen::Size};

    const RUNS: usize = 7;
    const FAMILIES: [u32; 2] = [5_000, 50];
    const SCREENS: [&str; 4] = ["Today", "the caseload", "a story", "a search"];

    /// Opens the screen by its key and answers the milliseconds until what it lists is drawn.
    const DRAWN: &str = "const [key, typed, sign, done] = arguments;
        const begun = performance.now();
        const target = document.activeElement;
        if (typed) {
            target.value = typed;
            target.dispatchEvent(new InputEvent('input', { bubbles: true }));
        } else {
            for (const type of ['keydown', 'keyup'])
                target.dispatchEvent(new KeyboardEvent(type, { ...key, bubbles: true, cancelable: true }));
        }
        const look = () => requestAnimationFrame(() => {
            if (!document.querySelector(sign)) return look();
            requestAnimationFrame(() => done(performance.now() - begun));
        });
        look();";

    /// Prints a figure a screen, and one of the memory.
    pub async fn measure() {
        let places = FAMILIES.map(|families| Place::made_of(&Plan { families, contacts: families * 10, ..Plan::default() }));
        let mut apps = Vec::new();
        for place in &places {
            let app = App::open(place, Size::LAPTOP).await;
            practice::sign_in(&mut Keyboard::of(&app.page), "tara").await;
            screen::shows(&app.page, "#today-news li", "").await;
            apps.push(app);
        }
        let mut taken = [const { [const { Vec::new() }; SCREENS.len()] }; FAMILIES.len()];
        for run in 0..=RUNS {
            for (app, taken) in apps.iter().zip(&mut taken) {
                let times = once(app).await;
                // The first of each warms both sides up.
                if run > 0 {
                    taken.iter_mut().zip(times).for_each(|(all, time)| all.push(time));
                }
            }
        }
        let [ours, raw] = taken;
        for (screen, (ours, raw)) in SCREENS.into_iter().zip(ours.into_iter().zip(raw)) {
            let name = format!("{screen} drawn for a therapist with {} families, against one with {}", FAMILIES[0], FAMILIES[1]);
            print(&name, "ms", &ours, &raw, "ratio <= 1.2");
        }
        let memory: Vec<f64> = apps.iter().map(|app| app.processes().into_iter().map(resident).sum()).collect();
        print("memory of the program and its page after that, against the same", "MB", &memory[..1], &memory[1..], "");
        for app in apps {
            app.close().await;
        }
    }

    async fn once(app: &App) -> [f64; SCREENS.len()] {
        let key = |key: &str, code: &str, ctrl: bool, alt: bool| json!({"key": key, "code": code, "ctrlKey": ctrl, "altKey": alt});
        let drawn = async |key, typed: &str, sign: &str| {
            let time = app.page.execute_async(DRAWN, vec![key, typed.into(), sign.into()]).await.unwrap();
            time.as_f64().unwrap()
        };
        drawn(key("2", "Digit2", false, true), "", "tbody [data-row]").await;
        let today = drawn(key("1", "Digit1", false, true), "", "#today-news li").await;
        let caseload = drawn(key("2", "Digit2", false, true), "", "tbody [data-row]").await;
        screen::comes_to(&app.page, "tbody [data-row]").await;
        let story = drawn(key("Enter", "Enter", false, false), "", "article").await;
        drawn(key("k", "KeyK", true, false), "", "#find-query").await;
        screen::comes_to(&app.page, "#find-query").await;
        let find = drawn(json!(null), "lavery", "[aria-label='Families and people'] [role=option]").await;
        drawn(key("Escape", "Escape", false, false), "", "#main").await;
        Keyboard::of(&app.page).press(&["Esc"]).await;
        screen::hides(&app.page, "dialog[open]").await;
        [today, caseload, story, find]
    }

    /// Memory that a process holds, in MB.
    fn resident(process: u32) -> f64 {
        let status = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1e3
    }

    fn print(name: &str, unit: &str, ours: &[f64], raw: &[f64], expected: &str) {
        let ratios: Vec<f64> = ours.iter().zip(raw).map(|(ours, raw)| ours / raw).collect();
        println!(
            "{}",
            json!({
                "name": name, "ours": median(ours), "raw": median(raw), "ratio": median(&ratios),
                "spread": {"ours": between(ours), "raw": between(raw), "ratio": between(&ratios)},
                "unit": unit, "n": ours.len(), "runs": ours.len(), "expected": expected,
            })
        );
    }

    fn median(values: &[f64]) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        rounded(sorted[sorted.len() / 2])
    }

    fn between(values: &[f64]) -> [f64; 2] {
        [rounded(values.iter().copied().fold(f64::INFINITY, f64::min)), rounded(values.iter().copied().fold(0.0, f64::max))]
    }

    fn rounded(value: f64) -> f64 {
        (value * 1e3).round() / 1e3
    }
}
