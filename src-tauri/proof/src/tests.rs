//! A proof that can be followed on paper, and what becomes of it when it is altered.

use crate::{Cell, Difference, Fact, HIDDEN, Proof, Refused, Variable};

/// Three steps of families and their total: "[c] [c] 12 | 17", zeros printed. Two hidden numbers add
/// up to 5, so that each can be 1, 2, 3 and 4.
fn proof() -> Proof {
    let variable = |name: &str| Variable { name: name.to_owned(), least: 0, most: None };
    let cell = |line: &str, sum: &[usize], printed: &str, own, parts: &[usize]| Cell {
        release: "2026-Q3".to_owned(),
        table: "Open caseload by step".to_owned(),
        line: line.to_owned(),
        sum: sum.iter().map(|variable| (*variable, 1)).collect(),
        printed: printed.to_owned(),
        base: 1,
        from: 5,
        floor: 1,
        own,
        parts: parts.to_vec(),
    };
    signed(Proof {
        format: 1,
        subject: "an example".to_owned(),
        threshold: 5,
        variables: ["Step 1", "Step 2", "Step 3"].map(variable).to_vec(),
        facts: vec![Fact {
            says: "there are fewer than a million".to_owned(),
            sum: vec![(0, 1), (1, 1)],
            least: None,
            most: Some(1_000_000),
        }],
        cells: vec![
            cell("Step 1", &[0], HIDDEN, 1, &[]),
            cell("Step 2", &[1], HIDDEN, 1, &[]),
            cell("Step 3", &[2], "12", 1, &[]),
            cell("Total", &[0, 1, 2], "17", 0, &[0, 1, 2]),
        ],
        differences: Vec::new(),
        witnesses: (1..5).map(|one| vec![one, 5 - one, 12]).collect(),
        digest: String::new(),
    })
}

fn signed(proof: Proof) -> Proof {
    Proof { digest: proof.digest_of(), ..proof }
}

fn altered(alter: impl FnOnce(&mut Proof)) -> Result<(), Refused> {
    let mut proof = proof();
    alter(&mut proof);
    signed(proof).check()
}

#[test]
fn a_proof_that_shows_every_small_value_is_accepted() {
    assert_eq!(proof().check(), Ok(()));
}

#[test]
fn a_proof_is_read_back_as_it_was_written() {
    let written = serde_json::to_string(&proof()).unwrap();
    let read: Proof = serde_json::from_str(&written).unwrap();
    assert_eq!(read, proof());
    assert_eq!(read.check(), Ok(()));
}

#[test]
fn what_was_altered_without_a_new_digest_is_refused() {
    let mut proof = proof();
    proof.subject.push('!');
    assert_eq!(proof.check(), Err(Refused::Digest));
}

#[test]
fn a_value_that_no_witness_shows_is_named() {
    assert_eq!(altered(|proof| drop(proof.witnesses.pop())), Err(Refused::Value { cell: 0, value: 4, known: None }));
    assert_eq!(altered(|proof| proof.witnesses.clear()), Err(Refused::Value { cell: 0, value: 1, known: None }));
}

#[test]
fn a_witness_that_contradicts_what_is_printed_or_known_is_named() {
    let refused = |with: &str| Err(Refused::Witness { witness: 0, with: with.to_owned() });
    assert_eq!(altered(|proof| proof.witnesses[0] = vec![1, 4, 13]), refused("2026-Q3 Open caseload by step: Step 3"));
    assert_eq!(altered(|proof| proof.witnesses[0] = vec![1, 5, 12]), refused("2026-Q3 Open caseload by step: Total"));
    assert_eq!(altered(|proof| proof.witnesses[0] = vec![0, 5, 12]), refused("2026-Q3 Open caseload by step: Step 1"));
    assert_eq!(altered(|proof| proof.witnesses[0] = vec![1, 4]), refused("the number of variables"));
    assert_eq!(altered(|proof| proof.facts[0].most = Some(4)), refused("there are fewer than a million"));
    assert_eq!(altered(|proof| proof.variables[1].most = Some(3)), refused("Step 2"));
    assert_eq!(altered(|proof| proof.witnesses[0] = vec![i64::MAX, i64::MAX, 12]), refused("there are fewer than a million"));
}

#[test]
fn one_star_beside_a_total_cannot_be_proven() {
    let one = |proof: &mut Proof| {
        proof.cells[1].printed = "5".to_owned();
        proof.witnesses = vec![vec![0, 5, 12]];
    };
    assert!(altered(one).is_err(), "17 - 12 - 5 is 0, and no star is a 0");
}

#[test]
fn a_hidden_total_begins_where_its_hidden_parts_force_it_to() {
    let hidden = |proof: &mut Proof| {
        proof.cells[2].printed = HIDDEN.to_owned();
        proof.cells[3].printed = HIDDEN.to_owned();
        proof.witnesses = (1..5).flat_map(|one| [vec![one, 1, 1], vec![1, one, 1], vec![1, 1, one]]).collect();
    };
    assert_eq!(altered(hidden), Ok(()), "three stars are at least 3: the total need not be 1 or 2");
    let unsaid = |proof: &mut Proof| {
        hidden(proof);
        proof.cells[3].parts.clear();
    };
    assert_eq!(altered(unsaid), Err(Refused::Value { cell: 3, value: 1, known: None }));
}

#[test]
fn who_knows_its_own_part_still_finds_each_value_possible() {
    // Zeros are hidden too, and a family knows that it is in one of the two.
    let zeros = |proof: &mut Proof| {
        for cell in &mut proof.cells {
            cell.floor = 0;
        }
        proof.witnesses = (0..6).map(|one| vec![one, 5 - one, 12]).collect();
    };
    assert_eq!(altered(zeros), Ok(()));
    let few = |proof: &mut Proof| {
        zeros(proof);
        proof.cells[3].printed = "16".to_owned();
        proof.witnesses = (0..5).map(|one| vec![one, 4 - one, 12]).collect();
    };
    assert_eq!(
        altered(few),
        Err(Refused::Value { cell: 0, value: 4, known: Some(1) }),
        "with one of it in step 2 there are 3 at most in step 1"
    );
}

#[test]
fn who_knows_of_three_and_who_knows_of_one_find_each_value_possible() {
    // All is hidden, zeros too: a family may know of up to three infants in a line.
    let three = |worlds: &[[i64; 3]]| {
        let worlds: Vec<Vec<i64>> = worlds.iter().map(|world| world.to_vec()).collect();
        altered(move |proof| {
            for cell in &mut proof.cells {
                (cell.floor, cell.printed) = (0, HIDDEN.to_owned());
                cell.own *= 3;
            }
            proof.witnesses = worlds;
        })
    };
    let mut worlds: Vec<[i64; 3]> = Vec::new();
    for value in 0..5 {
        worlds.extend([[value, 3, 3], [3, value, 3], [3, 3, value]]);
        worlds.extend([[value, 0, 0], [0, value, 0], [0, 0, value]]);
    }
    assert_eq!(three(&worlds), Ok(()));
    let no_other = |world: &[i64; 3]| world[0] == 0 || world.iter().sum::<i64>() != 1;
    let without: Vec<[i64; 3]> = worlds.iter().copied().filter(no_other).collect();
    assert_eq!(
        three(&without),
        Err(Refused::Value { cell: 3, value: 1, known: Some(0) }),
        "who has one there, knows that the total is not its one alone"
    );
    let not_four: Vec<[i64; 3]> = worlds.iter().copied().filter(|world| !(world[0] == 4 && world[1] == 3)).collect();
    assert_eq!(three(&not_four), Err(Refused::Value { cell: 0, value: 4, known: Some(1) }), "who knows of three elsewhere");
}

#[test]
fn parts_that_are_not_parts_are_refused() {
    assert!(matches!(altered(|proof| proof.cells[3].parts.push(0)), Err(Refused::Malformed(_))), "twice");
    assert!(matches!(altered(|proof| proof.cells[0].parts.push(1)), Err(Refused::Malformed(_))), "elsewhere");
    assert!(matches!(altered(|proof| proof.cells[3].parts.push(9)), Err(Refused::Malformed(_))), "nowhere");
}

#[test]
fn what_the_rule_cannot_have_printed_is_refused() {
    for printed in ["3", "-5", "12.0", "", "[d]", "1e3"] {
        assert!(matches!(altered(|proof| proof.cells[2].printed = printed.to_owned()), Err(Refused::Malformed(_))), "{printed}");
    }
    assert!(matches!(altered(|proof| proof.cells[2].from = 4), Err(Refused::Malformed(_))), "a small number may be shown");
    assert!(matches!(altered(|proof| proof.threshold = 2), Err(Refused::Malformed(_))));
}

#[test]
fn a_small_difference_of_two_totals_is_refused() {
    let with = |printed: &str, less: i64| {
        let printed = printed.to_owned();
        altered(move |proof| {
            let mut families = proof.cells[3].clone();
            families.table = "Families".to_owned();
            families.sum = vec![(3, 1)];
            families.printed = printed;
            families.parts.clear();
            proof.variables.push(Variable { name: "Families".to_owned(), least: 0, most: None });
            proof.witnesses.iter_mut().for_each(|world| world.push(less));
            proof.cells.push(families);
            proof.differences.push(Difference { says: "families with two infants".to_owned(), of: 3, less: 4 });
        })
    };
    assert_eq!(with("16", 16), Err(Refused::Difference(0)), "one family has two");
    assert_eq!(with("12", 12), Ok(()), "five is not small");
    assert_eq!(with("17", 17), Ok(()), "as many of one as of the other");
    assert_eq!(with("19", 19), Err(Refused::Difference(0)), "two families have none");
    assert_eq!(with("22", 22), Ok(()), "five without are not small either");
}

#[test]
fn a_difference_below_nothing_keeps_nothing_and_each_small_value_below() {
    let keeps = |values: &[i64]| proof().keeps_apart(&values.iter().copied().collect());
    assert!(keeps(&[1, 2, 3, 4]) && keeps(&[2, 3, 4, 5, 6]) && keeps(&[-4, -3, -2, -1, 0]));
    assert!(!keeps(&[-4, -3, -2, -1]), "at least one family has no infant");
    assert!(!keeps(&[-6, -5, -4, -3, -2]) && !keeps(&[-1, 0, 1]) && !keeps(&[]));
}

#[test]
fn a_proof_is_of_the_numbers_of_a_file() {
    let file = [("Step 1", "[c]"), ("Step 2", "[c]"), ("Step 3", "12"), ("Total", "17")];
    let of = |file: &[(&'static str, &'static str)]| {
        proof().is_of("2026-Q3", file.iter().map(|(line, printed)| ("Open caseload by step", *line, *printed)))
    };
    assert_eq!(of(&file), Ok(()));
    assert!(of(&file[1..]).is_err(), "a line less");
    assert!(of(&[file[0], file[1], ("Step 3", "13"), file[3]]).is_err(), "another number");
}

/// The CSV file that the example is of, with another rule or none.
fn file(rule: &str) -> Vec<u8> {
    let head = "\u{feff}Part,Line,Value,Unit\r\nAbout this release,Title,Example,\r\nSpecification,Release,'2026-Q3,\r\n";
    let rows = [("Step 1", "[c]"), ("Step 2", "[c]"), ("Step 3", "12"), ("Total", "17")];
    let rows: String = rows.map(|(line, printed)| format!("Open caseload by step,{line},{printed},families\r\n")).concat();
    format!("{head}{rule}{rows}Open caseload by step,Note,At the end.,\r\n").into_bytes()
}

const RULE: &str = "Specification,Small below,5,\r\nSpecification,Rounded to,1,\r\nSpecification,Sums from,10,families\r\n";

#[test]
fn a_proof_of_a_weaker_rule_than_its_file_says_is_refused() {
    assert_eq!(proof().is_of_file(&file(RULE)), Ok(()));
    for (what, rule) in [
        ("a smaller threshold", RULE.replace("below,5", "below,6")),
        ("another base", RULE.replace("to,1", "to,5")),
        ("no rule", String::new()),
    ] {
        assert!(matches!(proof().is_of_file(&file(&rule)), Err(Refused::File(_))), "{what}");
    }
    let contacts = String::from_utf8(file(RULE)).unwrap().replace(",families\r\nOpen", ",contacts\r\nOpen");
    assert!(proof().is_of_file(contacts.as_bytes()).is_err(), "of contacts a number is shown from ten families on");
    assert!(proof().is_of_file(b"Name,Number").is_err());
}

#[test]
fn a_proof_whose_total_is_not_that_of_its_lines_is_refused_beside_its_file() {
    // The total is a number of its own: nothing says that the lines add up to it, so anything can be hidden.
    let mut apart = proof();
    apart.variables.push(Variable { name: "All".to_owned(), least: 0, most: None });
    (apart.cells[3].sum, apart.cells[3].parts) = (vec![(3, 1)], Vec::new());
    apart.witnesses.iter_mut().for_each(|world| world.push(17));
    let apart = signed(apart);
    assert_eq!(apart.check(), Ok(()));
    assert!(matches!(apart.is_of_file(&file(RULE)), Err(Refused::File(_))));
    // Where each line divides all of them, a fact says so.
    let mut divided = apart;
    for variable in 0..3 {
        divided.facts.push(Fact { says: "each is in it".to_owned(), sum: vec![(variable, 1), (3, -1)], least: Some(0), most: Some(0) });
    }
    assert_eq!(signed(divided).is_of_file(&file(RULE)), Ok(()));
}

#[test]
fn a_file_that_names_another_proof_is_refused() {
    let named = |digest: &str| {
        let file = String::from_utf8(file(RULE)).unwrap();
        file.replace("About this release,Title", &format!("About this release,Proof,with the digest {digest},\r\nAbout this release,Title"))
    };
    assert_eq!(proof().is_of_file(named(&proof().digest).as_bytes()), Ok(()));
    assert!(proof().is_of_file(named("9f2c").as_bytes()).is_err());
}
