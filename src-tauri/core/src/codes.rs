//! Two small macros for what every concept has: code lists (a closed set of
//! choices, each with a stable code and the words people see) and refusals.

/// A closed set of choices with a stable code and words.
pub trait Code: Copy + Sized + 'static {
    /// All choices in the order people see them.
    const ALL: &'static [Self];
    /// The stable code, as stored and sent.
    fn code(self) -> &'static str;
    /// The words people see.
    fn words(self) -> &'static str;
    /// The choice of a stored code; `None` if a newer version wrote it.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.code() == code)
    }
}

/// Declares a code list: `Variant "code" "Words"`.
macro_rules! codes {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident $code:literal $words:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        pub enum $name {
            $(#[doc = $words] #[serde(rename = $code)] $variant,)*
        }
        impl $crate::codes::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];
            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
            fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

/// Declares the refusals of a concept: `Variant "code" at "field" => "sentence"`.
macro_rules! refusals {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident $code:literal $(at $field:literal)? => $message:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $(#[doc = $message] $variant,)* }
        impl From<$name> for $crate::error::Error {
            fn from(refusal: $name) -> Self {
                match refusal {
                    $($name::$variant => Self::new($code, $message)$(.at($field))?,)*
                }
            }
        }
    };
}

pub(crate) use {codes, refusals};
