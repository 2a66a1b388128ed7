//! How a catalogue of messages is written down: one variant, three sentences.
//!
//! The sentences are format strings over the variant's fields. A message without one of the languages,
//! or with a field that no language uses, does not compile.

macro_rules! catalogue {
    (
        $(#[$doc:meta])+ $name:ident<$life:lifetime>
        $($variant:ident $({ $($field:ident: $type:ty),+ })? => $uk:literal, $en:literal, $ru:literal;)+
    ) => {
        $(#[$doc])+
        #[derive(Debug, Clone, Copy)]
        pub(crate) enum $name<$life> {
            $($variant $({ $($field: $type),+ })?,)+
        }

        impl $name<'_> {
            /// The sentence in one language.
            pub(crate) fn say(&self, lang: $crate::words::Lang) -> String {
                match self {
                    $(Self::$variant $({ $($field),+ })? => match lang {
                        $crate::words::Lang::Uk => format!($uk),
                        $crate::words::Lang::En => format!($en),
                        $crate::words::Lang::Ru => format!($ru),
                    },)+
                }
            }
        }
    };
}

/// A word for every variant of an enum.
macro_rules! worded {
    ($($type:ident { $($variant:ident: $uk:literal, $en:literal, $ru:literal;)+ })+) => {$(
        impl $crate::words::Worded for $type {
            fn words(&self) -> $crate::words::Words {
                match self { $(Self::$variant => $crate::words::words($uk, $en, $ru),)+ }
            }
        }
    )+};
}

pub(crate) use catalogue;
pub(crate) use worded;
