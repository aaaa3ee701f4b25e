//! The model of the steps: which there are, what they mean and what may speak
//! for each. It is the team's own, in versions; until the team has one it is an
//! example, and says so.

use crate::ids::ids;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::codes::refusals;
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::record::cell::Item;
use crate::record::names::Names;
use crate::record::record;
use crate::record::written::Written;
use crate::team::code_list;
use crate::team::code_list::{EntryTyped, Listed};
use crate::time::Timestamp;
use crate::typed;
use crate::typed::fold;

ids! {
    /// A version of the model of the steps.
    StepModelId as "string & { readonly of: 'StepModel' }" in "step_model",
}

record! {
    /// A version of the model. The last one recorded is placed by; a placement
    /// keeps the words of its own.
    StepModel = "step_model" "step model", added, in team, about Team, signed "by" "at", [Settings Family Caseload Releases];
    id id: StepModelId;
    /// What it says of itself.
    label: String, "Name", Fixed Open;
    /// From the lightest.
    steps: Vec<Step>, "Steps", Fixed Open;
    by: UserId, "Changed by", Fixed Open;
    at: Timestamp, "Changed at", Fixed Open;
}

/// One step of the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// 1 to 5.
    pub step: u8,
    /// `Early help`.
    pub name: String,
    /// What it means.
    pub definition: String,
    /// What usually helps there.
    pub services: String,
    /// Weeks until the next review.
    pub review_weeks: u32,
    /// What may speak for it; judgement, not a rule.
    pub indicators: Vec<Listed>,
}

impl Item for Step {
    fn read(json: &Json) -> Option<Self> {
        serde_json::from_value(json.clone()).ok()
    }
    fn said(&self, _: &dyn Names) -> Result<String> {
        Ok(format!("{} {}", self.step, self.name))
    }
}

#[derive(Deserialize)]
struct Example {
    label: String,
    steps: Vec<Step>,
}

impl StepModel {
    /// The example that comes with Attune. Nobody recorded it.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn example() -> Result<Self> {
        let file = include_str!("../../../../assets/continuum/example-1.json");
        let Example { label, steps } = serde_json::from_str(file).map_err(|_| Error::internal("step model"))?;
        let nobody = uuid::Uuid::nil();
        Ok(Self { id: nobody.into(), label, steps, by: nobody.into(), at: Timestamp(0) })
    }

    /// Whether it is the example that comes with Attune.
    #[must_use]
    pub const fn is_example(&self) -> bool {
        self.id.0.is_nil()
    }

    /// The step of that number.
    #[must_use]
    pub fn step(&self, number: u8) -> Option<&Step> {
        self.steps.iter().find(|step| step.step == number)
    }

    /// Its steps with the indicators that are offered.
    #[must_use]
    pub fn offered(&self) -> Vec<Step> {
        let mut steps = self.steps.clone();
        steps.iter_mut().for_each(|step| step.indicators.retain(|indicator| !indicator.retired));
        steps
    }
}

/// A model as a lead has changed it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeModel {
    /// The version that was read: all zeros for the example.
    pub version: StepModelId,
    /// What it says of itself.
    pub label: String,
    /// Its steps: the same numbers as before.
    pub steps: Vec<StepTyped>,
}

/// A step as typed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepTyped {
    /// 1 to 5.
    pub step: u8,
    /// Its name.
    pub name: String,
    /// What it means.
    pub definition: String,
    /// What usually helps there.
    pub services: String,
    /// Weeks until the next review, 1 to 52.
    pub review_weeks: u32,
    /// What may speak for it.
    pub indicators: Vec<EntryTyped>,
}

/// The model as it is now.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StepModelView {
    /// Its version: all zeros for the example.
    pub version: StepModelId,
    /// What it says of itself.
    pub label: String,
    /// `Changed by Lead, Mon 23-Nov-2026, 15:21`; `As it came with Attune`.
    pub changed: String,
    /// Its steps, with retired indicators.
    pub steps: Vec<Step>,
}

refusals! {
    /// Why the model was left as it is.
    pub enum ModelRefused {
        NoLabel "model_no_label" at "label" => "Give the model a name on one line.",
        OtherSteps "model_steps" at "steps" => "The steps are numbered 1 to 5; their numbers cannot be changed. Nothing was changed.",
        NoName "model_no_name" => "Write the step’s name, its meaning and what helps there, each on one line.",
        SameName "model_same_name" => "Two steps have the same name.",
        Weeks "model_weeks" => "Weeks until the review are from 1 to 52.",
    }
}

/// The longest line of a model, in characters.
const LONGEST: usize = 400;

/// The next version of the model.
///
/// # Errors
/// See [`ModelRefused`] and [`code_list::ListRefused`]; the field names the step, as `steps.2.name`.
pub fn enter(request: &ChangeModel, standing: &StepModel, written: Written<StepModelId>) -> Result<StepModel> {
    let label = typed::line(&request.label, LONGEST).filter(|label| !label.is_empty()).ok_or(ModelRefused::NoLabel)?;
    if !request.steps.iter().map(|step| step.step).eq(standing.steps.iter().map(|step| step.step)) {
        return Err(ModelRefused::OtherSteps.into());
    }
    let steps = request.steps.iter().zip(&standing.steps).enumerate().map(|(index, (step, before))| {
        let at = |field: &str| format!("steps.{index}.{field}");
        let line = |text: &str, field: &str| {
            let line = typed::line(text, LONGEST).filter(|line| !line.is_empty());
            line.ok_or_else(|| Error::from(ModelRefused::NoName).at(&at(field)))
        };
        if !(1..=52).contains(&step.review_weeks) {
            return Err(Error::from(ModelRefused::Weeks).at(&at("reviewWeeks")));
        }
        Ok(Step {
            step: step.step,
            name: line(&step.name, "name")?,
            definition: line(&step.definition, "definition")?,
            services: line(&step.services, "services")?,
            review_weeks: step.review_weeks,
            indicators: code_list::next_entries(&step.indicators, &before.indicators, &at("indicators"))?,
        })
    });
    let steps: Vec<Step> = steps.collect::<Result<_>>()?;
    for (index, step) in steps.iter().enumerate() {
        if steps[..index].iter().any(|other| fold::fold(&other.name) == fold::fold(&step.name)) {
            return Err(Error::from(ModelRefused::SameName).at(&format!("steps.{index}.name")));
        }
    }
    Ok(StepModel { id: written.id, label, steps, by: written.by, at: written.at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(model: &StepModel) -> ChangeModel {
        let entry = |one: &Listed| EntryTyped { code: one.code.clone(), words: one.words.clone(), retired: one.retired };
        let step = |step: &Step| StepTyped {
            step: step.step,
            name: step.name.clone(),
            definition: step.definition.clone(),
            services: step.services.clone(),
            review_weeks: step.review_weeks,
            indicators: step.indicators.iter().map(entry).collect(),
        };
        ChangeModel { version: model.id, label: model.label.clone(), steps: model.steps.iter().map(step).collect() }
    }

    #[test]
    fn a_model_keeps_its_steps_and_its_indicators() {
        let example = StepModel::example().expect("the example");
        let written = Written { id: uuid::Uuid::from_u128(1).into(), by: uuid::Uuid::from_u128(2).into(), at: Timestamp(3) };
        let same = enter(&typed(&example), &example, written).expect("the same");
        assert_eq!((same.label, same.steps), (example.label.clone(), example.steps.clone()));
        type Spoil = fn(&mut ChangeModel);
        let rows: [(Spoil, &str, &str); 7] = [
            (|model| model.steps[3].name = model.steps[0].name.to_uppercase(), "model_same_name", "steps.3.name"),
            (|model| model.label = " ".to_owned(), "model_no_label", "label"),
            (|model| drop(model.steps.pop()), "model_steps", "steps"),
            (|model| model.steps[1].step = 9, "model_steps", "steps"),
            (|model| model.steps[1].name = "\n".to_owned(), "model_no_name", "steps.1.name"),
            (|model| model.steps[4].review_weeks = 0, "model_weeks", "steps.4.reviewWeeks"),
            (|model| model.steps[2].indicators[0].words = String::new(), "list_no_words", "steps.2.indicators.0.words"),
        ];
        for (spoil, code, field) in rows {
            let mut request = typed(&example);
            spoil(&mut request);
            let refused = enter(&request, &example, written).expect_err(code);
            assert_eq!((refused.code.as_str(), refused.field.as_deref()), (code, Some(field)));
        }
    }

    #[test]
    fn a_retired_indicator_is_not_offered() {
        let mut model = StepModel::example().expect("the example");
        model.steps[1].indicators[0].retired = true;
        let offered = model.offered();
        assert_eq!(offered[1].indicators.len() + 1, model.steps[1].indicators.len());
    }
}
