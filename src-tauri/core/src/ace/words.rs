//! What is said of ACE conversations: before one, instead of one, and with every count.

use crate::ace::AceCategory;
use crate::codes::Code;

/// The caption that stands with every count.
pub const CAPTION: &str =
    "An ACE count describes groups, not people. It is not a diagnosis, a risk score or a reason for a service decision (Anda et al. 2020).";

/// What is said aloud before anything is asked, a paragraph a line.
pub const PURPOSE: &str = "I would like to ask about when you were growing up, because it can help us understand what matters to you now. It is a conversation, not a test. It is up to you: you can skip any question and stop whenever you like. If you say no, you get the same support.
I write down what you tell me in your own part of the record. The key worker and the therapist for your family can read it, and so can the service lead. We do not show it to your partner or your family. You can ask to see what is written about you. A court can order us to hand it over.
I cannot promise to keep everything between us. If you or a child is in danger, or you tell me about a serious crime, even one from long ago, the law may mean that I have to tell social services or the police. I would tell you first, unless that would put somebody in danger.
Afterwards we stop and see how you are. I can tell you who to talk to about it, and we can come back to any of it another day.";

/// What is asked where no date of birth says how old a parent is.
pub const ASK_AGE: &str = "No date of birth is recorded. Ask whether they are 18 or over.";

/// What is done instead with a parent who is under 18.
#[must_use]
pub fn instead_words(name: &str) -> String {
    format!(
        "{name} is under 18, and a child too: these questions are not asked. If {name} tells you about being hurt, now or before, or you are \
         worried, follow the child protection procedure. Ring 999 if {name} is in danger now. Tell the service lead and Gateway the same day, \
         and write it as a concern in a note, where you can choose {name} as the child it is about."
    )
}

/// What is said of a sitting with somebody who was under 18 by what is known now.
pub const UNDER_18_THEN: &str =
    "By the date of birth recorded now, this parent was under 18 then. Tell the service lead, and follow the child protection procedure.";

/// How many categories have no answer.
#[must_use]
pub fn without_an_answer(answered: impl Iterator<Item = AceCategory>) -> usize {
    let answered: Vec<AceCategory> = answered.collect();
    AceCategory::ALL.iter().filter(|category| !answered.contains(category)).count()
}

/// How many of each answer, those that nobody gave left out:
/// `1 yes, 1 no, 1 prefers not to say, 7 not asked`. It is never added up.
#[must_use]
pub fn count_words(answers: &[(&str, usize)]) -> String {
    let given = answers.iter().filter(|(_, count)| *count > 0);
    given.map(|(words, count)| format!("{count} {words}")).collect::<Vec<_>>().join(", ")
}
