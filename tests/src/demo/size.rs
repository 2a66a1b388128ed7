//! How large a demo company is.

use std::str::FromStr;

/// A size of the demo company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Enough to look around: three technicians.
    Small,
    /// A real company of twenty technicians.
    Medium,
    /// As large as the product promises to carry.
    Large,
}

/// Not a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSize(String);

/// How many records of each kind a size has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// People who travel.
    pub technicians: usize,
    /// People who plan.
    pub dispatchers: usize,
    /// People who keep roles and directories.
    pub administrators: usize,
    /// Customers.
    pub customers: usize,
    /// Pieces of equipment.
    pub objects: usize,
    /// Service cards.
    pub cards: usize,
    /// Visits.
    pub visits: usize,
    /// Complaints.
    pub complaints: usize,
}

impl Size {
    /// How many records of each kind it has.
    #[must_use]
    pub const fn counts(self) -> Counts {
        match self {
            Self::Small => Counts {
                technicians: 3,
                dispatchers: 1,
                administrators: 1,
                customers: 12,
                objects: 25,
                cards: 30,
                visits: 81,
                complaints: 9,
            },
            Self::Medium => Counts {
                technicians: 20,
                dispatchers: 3,
                administrators: 1,
                customers: 500,
                objects: 1_200,
                cards: 2_000,
                visits: 10_000,
                complaints: 400,
            },
            Self::Large => Counts {
                technicians: 100,
                dispatchers: 10,
                administrators: 2,
                customers: 5_000,
                objects: 12_000,
                cards: 20_000,
                visits: 100_000,
                complaints: 4_000,
            },
        }
    }
}

impl Counts {
    /// A company in the proportions of the large one for about so many records in all, still without its
    /// visits.
    pub(super) const fn before_visits(records: usize) -> Self {
        Self {
            technicians: records.div_ceil(1_000) + 1,
            dispatchers: 1,
            administrators: 1,
            customers: records.div_ceil(28),
            objects: records.div_ceil(12),
            cards: records.div_ceil(7),
            visits: 0,
            complaints: records.div_ceil(35),
        }
    }
}

impl Size {
    /// The name it is asked for by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

impl FromStr for Size {
    type Err = UnknownSize;
    fn from_str(text: &str) -> Result<Self, UnknownSize> {
        match text {
            "small" => Ok(Self::Small),
            "medium" => Ok(Self::Medium),
            "large" => Ok(Self::Large),
            _ => Err(UnknownSize(text.to_owned())),
        }
    }
}

impl std::fmt::Display for UnknownSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} is not a size: small, medium or large", self.0)
    }
}
impl std::error::Error for UnknownSize {}
