//! To come.
use super::support::*;
#[test]
fn base() {
    let t = std::time::Instant::now();
    let base = lived_in();
    println!("made {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let copy = base.place.copy();
    println!("copied {:?} {}", t.elapsed(), std::fs::metadata(copy.record()).unwrap().len());
    let t = std::time::Instant::now();
    let desk = copy.as_user("lead");
    println!("unlocked {:?}", t.elapsed());
    let t = std::time::Instant::now();
    println!("{:?}", findings(&desk));
    println!("verified {:?}", t.elapsed());
    let t = std::time::Instant::now();
    drop(desk);
    println!("closed {:?}", t.elapsed());
    println!("{:#?}", everything(&copy.open_with(&base.key)).iter().map(|(a, b)| (a.clone(), b.len())).collect::<Vec<_>>());
}
