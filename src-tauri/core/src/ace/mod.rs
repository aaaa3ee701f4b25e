//! ACE conversations: a parent's own childhood, and an infant's exposure now,
//! as two records apart. They describe; they never count towards a step, an
//! order, a due date or an export.

pub mod entering;
pub mod ops;
pub mod rows;
pub mod words;

use crate::ids::ids;
use serde::{Deserialize, Serialize};

use crate::codes::{Code, codes, refusals};
use crate::concern::{ConcernEntry, ConcernForm, ConcernId};
use crate::family::Banner;
use crate::ids::{FamilyId, RecordedId, UserId};
use crate::person::PersonId;
use crate::record::cell::{Codes, Item, code_in, said_of};
use crate::record::names::Names;
use crate::record::record;
use crate::time::Timestamp;
use crate::typed::choice::Choice;

ids! {
    /// One ACE conversation with a parent.
    AceConversationId as "string & { readonly of: 'AceConversation' }",
    /// One record of an infant's exposure.
    AceExposureId as "string & { readonly of: 'AceExposure' }",
}

codes! {
    /// Categories, in our own words.
    pub enum AceCategory {
        EmotionalAbuse "emotional_abuse" "Being sworn at, put down or frightened by an adult at home",
        PhysicalAbuse "physical_abuse" "Being hit or hurt by an adult at home",
        SexualAbuse "sexual_abuse" "Being touched or treated sexually",
        EmotionalNeglect "emotional_neglect" "Not feeling loved or looked after",
        PhysicalNeglect "physical_neglect" "Not enough food, clean clothes or care",
        ViolenceAtHome "violence_at_home" "Violence or control between adults at home",
        SubstancesAtHome "substances_at_home" "Alcohol or drug problems at home",
        IllnessAtHome "illness_at_home" "Mental illness or a suicide attempt at home",
        ParentsApart "parents_apart" "Parents separated, or one parent absent",
        PrisonAtHome "prison_at_home" "Someone in the household in prison",
    }
}

codes! {
    /// Answers about a parent's own childhood.
    pub enum AceAnswer {
        Yes "yes" "Yes",
        No "no" "No",
        PrefersNot "prefers_not" "Prefers not to say",
        NotAsked "not_asked" "Not asked",
    }
}

codes! {
    /// Answers about the infant's exposure now.
    pub enum ExposureAnswer {
        Yes "yes" "Yes, known",
        Suspected "suspected" "Suspected",
        No "no" "No, as far as we know",
        NotKnown "not_known" "Not known",
        NotAsked "not_asked" "Not looked at",
    }
}

codes! {
    /// What stood beside the hard things.
    pub enum Protective {
        SteadyAdult "steady_adult" "One steady adult",
        SafeAtHome "safe_at_home" "Feeling safe at home, at least at times",
        Friends "friends" "Friends",
        School "school" "Belonging at school",
        Community "community" "Community, faith or tradition",
        SomeoneToTalkTo "someone_to_talk_to" "Someone to talk to",
        HelpThatWorked "help_that_worked" "Help that worked",
    }
}

codes! {
    /// What became of a conversation with a parent.
    pub enum AceSitting {
        Held "held" "Had the conversation",
        Declined "declined" "Chose not to have the conversation",
        NotOffered "not_offered" "We did not offer the conversation",
    }
}

codes! {
    /// Who else is there during a sitting.
    pub enum Company {
        Nobody "nobody" "Nobody else",
        Baby "baby" "The baby",
        Colleague "colleague" "A colleague: we visit in a pair",
        Interpreter "interpreter" "A professional interpreter",
        OtherInterpreter "other_interpreter" "Somebody else who interprets",
        Family "family" "A partner, relative or friend, or a child who understands",
    }
}

codes! {
    /// What a yes about the infant means for safety now.
    pub enum ExposureConcern {
        AlreadyRecorded "already_recorded" "Already recorded as a concern",
        NewConcern "new_concern" "New concern",
        NoConcern "no_concern" "Known, no safety concern",
    }
}

/// One answer of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AceAnswered {
    /// The category.
    pub category: AceCategory,
    /// The answer.
    pub answer: AceAnswer,
}

impl Item for AceAnswered {
    fn read(json: &serde_json::Value) -> Option<Self> {
        Some(Self { category: code_in(json, "category")?, answer: code_in(json, "answer")? })
    }
    fn said(&self, _: &dyn Names) -> crate::error::Result<String> {
        Ok(said_of(self.category.words(), self.answer.words()))
    }
    fn lists() -> Vec<Codes> {
        vec![Codes::of::<AceCategory>(), Codes::of::<AceAnswer>()]
    }
}

/// One answer about the infant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExposureAnswered {
    /// The category.
    pub category: AceCategory,
    /// The answer.
    pub answer: ExposureAnswer,
}

impl Item for ExposureAnswered {
    fn read(json: &serde_json::Value) -> Option<Self> {
        Some(Self { category: code_in(json, "category")?, answer: code_in(json, "answer")? })
    }
    fn said(&self, _: &dyn Names) -> crate::error::Result<String> {
        Ok(said_of(self.category.words(), self.answer.words()))
    }
    fn lists() -> Vec<Codes> {
        vec![Codes::of::<AceCategory>(), Codes::of::<ExposureAnswer>()]
    }
}

record! {
    /// A sitting with a parent.
    AceConversation = "ace_conversation" "ACE conversation", added, in family, about Person "person", signed "by" "at",
        may be in error, [Family];
    id id: AceConversationId;
    family: FamilyId, "Family", Fixed Inside;
    /// The parent or carer whose childhood it is.
    person: PersonId, "With", Fixed Restricted;
    /// A category that is left out was not asked.
    answers: Vec<AceAnswered>, "Answers", Fixed Restricted;
    protective: Vec<Protective>, "What helped", Fixed Restricted;
    /// In the parent's words; why it was not offered.
    words: String, "In words", Fixed Restricted;
    here: Vec<Company>, "Who else was there", Fixed Restricted;
    /// Where no date of birth was recorded.
    said_adult: bool, "18 or over, as they said", Fixed Restricted;
    declined: bool, "Declined", Fixed Restricted;
    not_offered: bool, "Not offered", Fixed Restricted;
    by: UserId, "Recorded by", Fixed Restricted;
    at: Timestamp, "Recorded at", Fixed Restricted;
}

impl AceConversation {
    /// What became of it.
    #[must_use]
    pub const fn sitting(&self) -> AceSitting {
        match (self.declined, self.not_offered) {
            (true, _) => AceSitting::Declined,
            (_, true) => AceSitting::NotOffered,
            (false, false) => AceSitting::Held,
        }
    }
}

record! {
    /// What is known of an infant's exposure.
    AceExposure = "ace_exposure" "ACE conversation", added, in family, about Person "person", signed "by" "at",
        may be in error, [Family];
    id id: AceExposureId;
    family: FamilyId, "Family", Fixed Inside;
    /// The infant.
    person: PersonId, "About", Fixed Restricted;
    /// A category that is left out was not looked at.
    answers: Vec<ExposureAnswered>, "Answers", Fixed Restricted;
    /// What is known, in a few words.
    words: String, "In words", Fixed Restricted;
    /// What a yes means for safety now.
    concern: Option<ExposureConcern>, "Safety now", Fixed Restricted;
    /// The concern that it raised, or the earlier ones that it is part of.
    concerns: Vec<ConcernId>, "Which concern", Fixed Restricted;
    because: String, "Why no safety concern", Fixed Restricted;
    by: UserId, "Recorded by", Fixed Restricted;
    at: Timestamp, "Recorded at", Fixed Restricted;
}

/// Beginning a sitting: the answer has the questions only after the worker has
/// said, for this sitting, who else is there and that it is safe to talk.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BeginAce {
    /// The parent or carer.
    pub person: PersonId,
    /// The purpose was said and the parent wants to.
    pub wants_to: bool,
    /// Who else is there; nothing is chosen beforehand.
    pub here: Vec<Company>,
    /// That nobody else can hear and it is safe to talk.
    pub safe: bool,
    /// Whether they are 18 or over, where no date of birth says it.
    #[serde(default)]
    pub adult: Option<bool>,
}

/// The questions of a sitting.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AceQuestions {
    /// Categories.
    pub categories: Vec<Choice>,
    /// Answers, with keys.
    pub answers: Vec<Choice>,
    /// Protective experiences.
    pub protective: Vec<Choice>,
    /// Stands with every count.
    pub caption: String,
}

/// A sitting to record.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordAce {
    /// The parent or carer.
    pub person: PersonId,
    /// What became of it.
    pub sitting: AceSitting,
    /// The purpose was said and the parent wanted to; needed when it was held.
    pub wants_to: bool,
    /// Who else was there; needed when it was held.
    pub here: Vec<Company>,
    /// That nobody else could hear and it was safe to talk; needed when it was held.
    pub safe: bool,
    /// Whether they are 18 or over, where no date of birth says it; needed when it was held.
    #[serde(default)]
    pub adult: Option<bool>,
    /// Answers.
    pub answers: Vec<AceAnswered>,
    /// What stood beside.
    pub protective: Vec<Protective>,
    /// In the parent's words, or empty; why it was not offered.
    pub words: String,
}

/// What is known of an infant's exposure, to record.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordExposure {
    /// The infant.
    pub person: PersonId,
    /// Answers.
    pub answers: Vec<ExposureAnswered>,
    /// What is known; may be empty.
    pub words: String,
    /// Needed when an answer is yes or suspected.
    pub safety: Option<ExposureConcern>,
    /// Which earlier concerns, where it is already recorded; the only one if none is named.
    #[serde(default)]
    pub earlier: Vec<ConcernId>,
    /// The new concern.
    #[serde(default)]
    pub concern: ConcernEntry,
    /// Why it is no safety concern.
    #[serde(default)]
    pub because: String,
}

/// A recorded sitting or exposure as read on its own screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AceEntryView {
    /// `Mon 23-Nov-2026, by Niamh`.
    pub recorded: String,
    /// Each category that was asked, with its answer in words.
    pub lines: Vec<String>,
    /// Below the categories: `1 yes, 1 no, 1 prefers not to say, 7 not asked`,
    /// or what became of it instead.
    pub count: String,
    /// Protective experiences.
    pub protective: Vec<String>,
    /// In words.
    pub words: String,
    /// That the parent was under 18 then, by the date of birth recorded now; empty if not.
    pub warning: String,
    /// `Entered in error: …`, which those read who may read the rest; empty if it was not.
    pub in_error: String,
    /// Which: what a mark is on.
    pub id: RecordedId,
    /// True if the reader may mark it as entered in error.
    pub may_mark_in_error: bool,
}

/// One person of the ACE screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AcePersonView {
    /// Who.
    pub person: PersonId,
    /// `O’NEILL, Róisín (mother)`.
    pub name: String,
    /// Whose record it is, in one line: `O’NEILL, Róisín (mother) · F26-7K2Q`.
    pub whose: String,
    /// False of somebody who has died: what was recorded is read, and nothing more is asked.
    pub asked: bool,
    /// For a parent under 18, what is done instead of the questions; empty otherwise.
    pub instead: String,
    /// For a parent without a date of birth, what to ask first; empty otherwise.
    pub ask_age: String,
    /// For an infant, what a yes can mean for safety now.
    pub safety: Vec<Choice>,
    /// For an infant, the concerns about them that go on: `Raised by Owen, Wed 18-Nov-2026, 14:01`.
    pub earlier: Vec<Choice>,
    /// Latest first.
    pub entries: Vec<AceEntryView>,
}

/// The ACE screen of a family.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AceView {
    /// The banner.
    pub banner: Banner,
    /// Said before anything is asked.
    pub purpose: String,
    /// Stands with every count.
    pub caption: String,
    /// Parents and carers: their own childhood.
    pub parents: Vec<AcePersonView>,
    /// Infants: exposure now.
    pub infants: Vec<AcePersonView>,
    /// Who else can be there during a sitting.
    pub company: Vec<Choice>,
    /// Categories for exposure.
    pub categories: Vec<Choice>,
    /// Answers for exposure, with keys.
    pub exposure_answers: Vec<Choice>,
    /// What is asked of a new concern.
    pub concern: ConcernForm,
}

/// An ACE conversation that was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AceSaved {
    /// Which.
    pub id: AceConversationId,
}

/// What was recorded of an infant's exposure.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExposureSaved {
    /// Which.
    pub id: AceExposureId,
    /// The concern that it raised.
    pub concern: Option<ConcernId>,
}

refusals! {
    /// Why an ACE conversation was refused.
    pub enum AceRefused {
        NobodySaid "ace_who_is_here" at "here" => "First say who else is here.",
        NotAlone "ace_not_alone" at "here" => "Not while a partner, relative, friend or a child who understands is there. Offer it another day.",
        NoInterpreter "ace_interpreter" at "here" => "Only a professional interpreter may interpret this conversation. Book one, and offer it another day.",
        NotSafe "ace_not_safe" at "safe" => "First make sure that nobody else can hear you and that it is safe to talk.",
        AskAge "ace_ask_age" at "adult" => "No date of birth is recorded. Ask whether the parent is 18 or over, and record the date of birth if they know it.",
        Under18 "ace_under_18" at "person" => "This parent is under 18, so these questions are not asked. Follow the child protection procedure instead: ring 999 if they are in danger now, tell the service lead and Gateway the same day, and write it as a concern in a note.",
        NotWanted "ace_not_wanted" at "wantsTo" => "First explain what this is for and that it is voluntary. If the parent would rather not, record that.",
        NotAParent "ace_not_a_parent" at "person" => "Choose a parent or carer in the family.",
        NotAnInfant "ace_not_an_infant" at "person" => "Choose an infant in the family.",
        Nothing "ace_nothing" at "answers" => "Nothing has been answered yet. Record that the parent chose not to, or go back.",
        TwoAnswers "ace_two_answers" at "answers" => "There are two answers to one question. Give each question one answer.",
        NoReason "ace_no_reason" at "words" => "Write why it was not offered. It can be offered another day.",
        AskConcern "ace_concern" at "safety" => "Something is known or suspected about the infant now. Say what it means for their safety.",
        NoneRecorded "ace_none_recorded" at "safety" => "No concern about this child is open. Write a new one, or say why there is no safety concern.",
        WhichRecorded "ace_which_recorded" at "earlier" => "Choose which concern you mean.",
        NoBecause "ace_no_because" at "because" => "Say why there is no safety concern, in at least a few words.",
        NotThisChild "ace_not_this_child" at "concern.children" => "The concern must be about the child whose answers these are. Choose that child too.",
    }
}

#[cfg(test)]
mod tests;
