//! The screens with lists in the real window, with 5,000 families against 50:
//! from asking the core to the picture, in turns. `make bench`; docs/bench.md.
//!
//! What is compared is the same screen with the same number of rows. Fifty families alone have fewer concerns and steps
//! that wait, and less of a history, than fill the first page of their lists: as much happens in either record until
//! they are full ([`drawn::fill`]). The words that are searched for fill the page of both. How many rows each side drew
//! stands in the name of the figure, for where they differ all the same: visits without a note, by two or three.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "it measures, and stops at the first surprise")]

#[cfg(target_os = "linux")]
#[path = "../e2e/support/mod.rs"]
#[allow(dead_code, reason = "the journeys use the rest")]
mod support;

#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "the other figures use the rest")]
mod measure;

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

    use attune_core::api;
    use attune_core::desk::{Desk, Quiet};
    use attune_core::practice::{PASSPHRASE, Plan};
    use serde_json::{Value, json};

    use crate::measure::Figure;
    use crate::support::{app::App, keys::Keyboard, place::Place, practice, screen, screen::Size};

    const RUNS: usize = 25;
    const FAMILIES: [u32; 2] = [5_000, 50];

    /// One step of a walk through the screens.
    struct Step {
        /// What is drawn, in the name of the figure; a step without one only leads to the next.
        name: &'static str,
        /// What has the focus before; whatever has, if empty.
        from: &'static str,
        act: Act,
        /// What the core is asked for; nothing, if empty.
        command: &'static str,
        /// What is to be seen of it.
        sign: &'static str,
    }

    enum Act {
        Key(&'static str, &'static str),
        Alt(&'static str),
        Ctrl(&'static str, &'static str),
        Type(&'static str),
        Click(&'static str),
    }

    /// Who walks, and where. Each walk begins on the screen on which it ends.
    const WALKS: [(&str, &[Step]); 3] = [("tara", &THERAPIST), ("lead", &LEAD), ("iggy", &GOVERNANCE)];

    const ROW: &str = "tbody [data-row]";
    const TODAY: &str = "[id^=today-] li";
    const HIT: &str = "[role=group] [role=option] .sub";
    const THERAPIST: [Step; 6] = [
        Step { name: "Today of a therapist", from: "", act: Act::Alt("1"), command: "today", sign: TODAY },
        Step { name: "the caseload of a therapist", from: "", act: Act::Alt("2"), command: "caseload", sign: ROW },
        Step { name: "a story", from: ROW, act: Act::Key("Enter", "Enter"), command: "story", sign: "article" },
        Step { name: "", from: "", act: Act::Ctrl("k", "KeyK"), command: "", sign: "#find-query" },
        Step { name: "a search of notes", from: "#find-query", act: Act::Type("granny"), command: "find", sign: HIT },
        Step { name: "a search by the first letter of a name", from: "#find-query", act: Act::Type("o"), command: "find", sign: HIT },
    ];
    const LEAD: [Step; 2] = [
        Step { name: "Today of a service lead", from: "", act: Act::Alt("1"), command: "today", sign: TODAY },
        Step { name: "the caseload of the team", from: "", act: Act::Alt("2"), command: "caseload", sign: ROW },
    ];
    const GOVERNANCE: [Step; 3] = [
        Step { name: "", from: "", act: Act::Alt("3"), command: "users", sign: "main h1" },
        Step { name: "the case references", from: "", act: Act::Alt("1"), command: "families_index", sign: "main li .link" },
        Step {
            name: "the team’s history",
            from: "",
            act: Act::Click("main section button"),
            command: "team_history",
            sign: "main section tbody tr",
        },
    ];

    /// Does one step. Answers the milliseconds from asking the core until what is to be seen is painted, those until
    /// the answer came, and how much of it there is; or null. A key comes up where the focus is by then, as a real one
    /// does: what had it when the key went down may be gone, and a key that never comes up is taken for one held down.
    const DRAWN: &str = "const [act, command, sign, done] = arguments;
        if (!window.asked) {
            const fetched = window.fetch;
            window.fetch = async (...sent) => {
                const command = String(sent[0]).endsWith('/call') ? JSON.parse(sent[1].body).command : '';
                const times = window.asked[command] ??= { begun: performance.now() };
                const answer = await fetched(...sent);
                times.answered ??= performance.now();
                return answer;
            };
        }
        window.asked = {};
        const begun = performance.now();
        const late = setTimeout(() => done(null), 60000);
        if (act.key)
            for (const type of ['keydown', 'keyup'])
                document.activeElement.dispatchEvent(new KeyboardEvent(type, { ...act, bubbles: true, cancelable: true }));
        else if (act.click) document.querySelector(act.click).click();
        else {
            document.activeElement.value = act.typed;
            document.activeElement.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }
        const look = () => requestAnimationFrame(() => {
            const seen = document.querySelectorAll(sign).length;
            const times = command ? window.asked[command] : { begun, answered: begun };
            if (!seen || !times?.answered) return look();
            // Frames are painted once their callbacks are done, and before the next message.
            const painted = new MessageChannel();
            painted.port1.onmessage = () => {
                clearTimeout(late);
                done([performance.now() - times.begun, times.answered - times.begun, seen]);
            };
            painted.port2.postMessage(null);
        });
        look();";

    /// Prints two figures a screen, and one of the memory.
    pub async fn measure() {
        let places = FAMILIES.map(|families| Place::made_of(&Plan { families, contacts: families * 10, ..Plan::default() }));
        places.iter().for_each(fill);
        let mut apps = Vec::new();
        for place in &places {
            apps.push(App::open(place, Size::LAPTOP).await);
        }
        for (user, steps) in WALKS {
            for app in &apps {
                practice::sign_in(&mut Keyboard::of(&app.page), user).await;
            }
            in_turns(&apps, steps).await;
            for app in &apps {
                Keyboard::of(&app.page).press(&["Ctrl+L"]).await;
            }
        }
        let memory = apps.iter().map(|app| app.processes().into_iter().map(resident).sum());
        let [ours, raw]: [f64; 2] = memory.collect::<Vec<_>>().try_into().unwrap();
        let name = "memory of the program and its page after that, against the same";
        Figure { name, unit: "MB", ours: vec![ours], raw: vec![raw], expected: "", n: 1 }.print();
        for app in apps {
            app.close().await;
        }
    }

    /// More lines than a section of Today shows at first.
    const SECTION: u64 = 11;

    /// More lines than a page of the history has.
    const HISTORY: u64 = 70;

    /// Lets happen what fills the lists that are short of a page: key workers raise concerns and record steps that wait
    /// for a second person, in families that Today tells nothing else of, and the lead changes the settings back and forth.
    fn fill(place: &Place) {
        let desk = place.desk();
        sign_in(&desk, "tara");
        let whole: Value =
            ["visits", "unwritten", "followUps", "reviews"].map(|section| (section.to_owned(), json!(10_000))).into_iter().collect();
        let today = ask(&desk, "today", json!({"shown": whole})).unwrap();
        let waits = |section: &str| count(&today[section]) + today["more"][section].as_u64().unwrap_or(0);
        let [mut concerns, mut placements] = ["concerns", "placements"].map(waits);
        let told: Vec<&Value> = ["visits", "unwritten", "followUps", "reviews", "concerns", "placements"]
            .iter()
            .flat_map(|section| today[*section].as_array().unwrap())
            .map(|line| &line["family"])
            .collect();
        for worker in ["niamh", "owen"] {
            sign_in(&desk, worker);
            let list = ask(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"})).unwrap();
            for row in list["rows"].as_array().unwrap().iter().filter(|row| !told.contains(&&row["family"])) {
                if concerns < SECTION
                    && ask(&desk, "sign_contact", json!({"episode": row["episode"], "entry": concern(&desk, row)})).is_some()
                {
                    concerns += 1;
                }
                // A family that is at one of them already moves to the other.
                if placements < SECTION && [5, 4].iter().any(|to| ask(&desk, "place", step(&row["family"], *to)).is_some()) {
                    placements += 1;
                }
            }
        }
        assert!(concerns >= SECTION && placements >= SECTION, "the lists of Today are full: {concerns} concerns, {placements} steps");
        sign_in(&desk, "iggy");
        let history = ask(&desk, "team_history", json!({})).unwrap();
        let lines = count(&history["lines"]) + history["more"].as_u64().unwrap();
        sign_in(&desk, "lead");
        for turn in lines..HISTORY {
            let settings = answer(&desk, "settings", json!({})).unwrap();
            let (team, minutes) = (&settings["value"]["team"], 10 + turn % 2);
            ask(&desk, "change_settings", json!({"team": team, "autoLockMinutes": minutes, "seen": settings["seen"]})).unwrap();
        }
        desk.lock().unwrap();
    }

    fn concern(desk: &Desk, row: &Value) -> Value {
        let people = ask(desk, "people", json!({"family": row["family"]})).unwrap();
        let grown: Vec<&Value> =
            people["people"].as_array().unwrap().iter().filter(|one| one["role"] != "infant").map(|one| &one["id"]).collect();
        json!({
            "present": grown,
            "kind": "phone", "outcome": "attended", "when": "yesterday 14:00-14:20", "told": "The nights are hard.",
            "safety": "new_or_worse", "plan": "Ring again.",
            "concern": {
                "what": "What was said.", "toldWhom": "The duty social worker", "toldWhen": "yesterday 15:10", "action": "Rang.",
                "police": "not_informed", "policeWhyNot": "No offence.", "danger": "not_now", "parent": "told",
            },
        })
    }

    fn step(family: &Value, step: u8) -> Value {
        json!({
            "family": family, "step": step, "rationale": "She turns away when she is picked up.", "indicators": [], "parentView": "",
            "infantShows": "Looks.", "receivingService": "Health visiting", "acceptedBy": "M. Kane",
        })
    }

    fn sign_in(desk: &Desk, user: &str) {
        ask(desk, "unlock", json!({"signIn": user, "passphrase": PASSPHRASE})).unwrap();
    }

    /// What a command answers; none if it is refused.
    fn ask(desk: &Desk, command: &str, request: Value) -> Option<Value> {
        answer(desk, command, request).map(|mut answer| answer["value"].take())
    }

    fn answer(desk: &Desk, command: &str, request: Value) -> Option<Value> {
        api::dispatch(desk, command, request, None, &Quiet).ok()
    }

    fn count(lines: &Value) -> u64 {
        lines.as_array().unwrap().len() as u64
    }

    /// Walks through the screens of both, again and again, and prints how long each took.
    async fn in_turns(apps: &[App], steps: &[Step]) {
        let mut taken = [const { Vec::new() }; FAMILIES.len()];
        for run in 0..=RUNS {
            for turn in 0..apps.len() {
                let side = (run + turn) % apps.len();
                let walk = walk(&apps[side], steps).await;
                // The first of each warms both sides up.
                if run > 0 {
                    taken[side].push(walk);
                }
            }
        }
        for (at, step) in steps.iter().enumerate().filter(|(_, step)| !step.name.is_empty()) {
            let [ours, raw] = taken.each_ref().map(|runs| runs.iter().map(|walk| walk[at][0]).collect());
            let rows = taken.each_ref().map(|runs| runs[0][at][2]);
            let with = |side: usize| format!("{} families ({} rows)", FAMILIES[side], rows[side]);
            let name = format!("{} drawn with {}, against {}", step.name, with(0), with(1));
            Figure { name: &name, unit: "ms", ours, raw, expected: "ratio <= 1.2", n: RUNS }.print();
            let [ours, raw] = taken.each_ref().map(|runs| runs.iter().map(|walk| walk[at][1]).collect());
            let name = format!("of that, until “{}” was answered", step.command);
            Figure { name: &name, unit: "ms", ours, raw, expected: "", n: RUNS }.print();
        }
    }

    /// What each step of one walk took.
    async fn walk(app: &App, steps: &[Step]) -> Vec<[f64; 3]> {
        let mut taken = Vec::new();
        for step in steps {
            if !step.from.is_empty() {
                screen::comes_to(&app.page, step.from).await;
            }
            let told = app.page.execute_async(DRAWN, vec![step.act.told(), step.command.into(), step.sign.into()]).await.unwrap();
            let Some(times) = told.as_array() else {
                panic!("{} {} never came to be seen. On the screen:\n{}", step.command, step.sign, screen::words(&app.page).await)
            };
            taken.push([0, 1, 2].map(|at| times[at].as_f64().unwrap()));
        }
        Keyboard::of(&app.page).press(&["Esc"]).await;
        screen::hides(&app.page, "dialog[open]").await;
        taken
    }

    impl Act {
        fn told(&self) -> Value {
            match self {
                Self::Key(key, code) => json!({"key": key, "code": code}),
                Self::Alt(digit) => json!({"key": digit, "code": format!("Digit{digit}"), "altKey": true}),
                Self::Ctrl(key, code) => json!({"key": key, "code": code, "ctrlKey": true}),
                Self::Type(typed) => json!({"typed": typed}),
                Self::Click(selector) => json!({"click": selector}),
            }
        }
    }

    /// Memory that a process holds, in MB.
    fn resident(process: u32) -> f64 {
        let status = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1e3
    }
}
