//! Two small macros for what every concept has: code lists (a closed set of
//! choices, each with a stable code and the words people see) and refusals.
//!
//! A list may grow. A code that a newer version wrote is read as
//! [`Newer`](NewerCode): it is kept, and said as what it is. Nobody can choose
//! it: a request with such a code is refused.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A closed set of choices with a stable code and words.
pub trait Code: Copy + Sized + 'static {
    /// All choices in the order people see them.
    const ALL: &'static [Self];
    /// The stable code, as stored and sent.
    fn code(self) -> &'static str;
    /// The words people see.
    fn words(self) -> &'static str;
    /// The choice of a code; `None` if this version does not have it.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.code() == code)
    }
    /// A code that this version does not have.
    fn newer(code: NewerCode) -> Self;
    /// The choice of a stored code, whichever version wrote it.
    #[must_use]
    fn of_any_version(code: &str) -> Self {
        Self::from_code(code).unwrap_or_else(|| Self::newer(NewerCode::of(code)))
    }
}

/// A code that a newer version wrote, and what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NewerCode {
    code: &'static str,
    words: &'static str,
}

impl NewerCode {
    /// Each such code is kept once for as long as the program runs, so that a
    /// choice stays as small as it is: there are as many as newer versions have.
    fn of(code: &str) -> Self {
        static MET: Mutex<BTreeMap<&'static str, NewerCode>> = Mutex::new(BTreeMap::new());
        let mut met = MET.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = met.get(code) {
            return *known;
        }
        let words = format!("not known to this version of Attune: {}", code.replace('_', " "));
        let newer = Self { code: Box::leak(code.into()), words: Box::leak(words.into()) };
        met.insert(newer.code, newer);
        newer
    }

    /// The code as it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// What is said of it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.words
    }
}

/// Declares a code list: `Variant "code" "Words"`.
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident $code:literal $words:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        pub enum $name {
            $(#[doc = $words] #[cfg_attr(feature = "bindings", ts(rename = $code))] $variant,)*
            /// Written by a newer version.
            #[cfg_attr(feature = "bindings", ts(skip))]
            Newer($crate::codes::NewerCode),
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
                to.serialize_str($crate::codes::Code::code(*self))
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                $crate::codes::Code::from_code(&code).ok_or_else(|| serde::de::Error::custom("not one of the choices"))
            }
        }
        impl $crate::codes::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];
            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* Self::Newer(newer) => newer.code() }
            }
            fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* Self::Newer(newer) => newer.words() }
            }
            fn newer(code: $crate::codes::NewerCode) -> Self {
                Self::Newer(code)
            }
        }
    };
}

/// Declares the refusals of a concept, each with a code that is stable across
/// versions: `Variant "code" at "field" => "sentence"`. Where the sentence holds
/// a day, a number or what was being done, the row ends before it, and the
/// refusal is made with [`says`](crate::error::Fault::says).
#[macro_export]
macro_rules! refusals {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($variant:ident $code:literal $(at $field:literal)? => $message:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $(#[doc = $message] $variant,)* }
        $crate::codes::refusals!(@codes $vis $name { $($variant $code,)* });
        impl $name {
            /// What is said of it.
            #[must_use]
            #[allow(dead_code, reason = "most are said as errors")]
            $vis const fn words(self) -> &'static str {
                match self { $(Self::$variant => $message,)* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str(self.words())
            }
        }
        impl From<$name> for $crate::error::Error {
            fn from(refusal: $name) -> Self {
                match refusal {
                    $($name::$variant => Self::of(refusal.code(), refusal.words())$(.at($field))?,)*
                }
            }
        }
    };
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($variant:ident $code:literal $(at $field:literal)?,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $(#[doc = concat!("`", $code, "`.")] $variant,)* }
        $crate::codes::refusals!(@codes $vis $name { $($variant $code,)* });
        impl $name {
            /// The refusal, in these words.
            #[must_use]
            $vis fn says(self, words: impl Into<String>) -> $crate::error::Error {
                match self {
                    $(Self::$variant => $crate::error::Error::of(self.code(), words)$(.at($field))?,)*
                }
            }
        }
    };
    (@codes $vis:vis $name:ident { $($variant:ident $code:literal,)* }) => {
        impl $name {
            /// The codes of the list.
            #[cfg(feature = "bindings")]
            $vis const CODES: &'static [$crate::error::ErrorCode] = &[$(Self::$variant.code(),)*];
            /// By which programs know it.
            #[must_use]
            #[allow(dead_code, reason = "most are told apart by nobody but a person")]
            $vis const fn code(self) -> $crate::error::ErrorCode {
                $crate::error::ErrorCode::listed(match self { $(Self::$variant => $code,)* })
            }
        }
    };
}

pub use crate::{codes, refusals};
