//! Which fields of a date or time a text has had so far.

/// A set of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen(u16);

impl Seen {
    pub(super) const NOTHING: Self = Self(0);
    pub(super) const YEAR: Self = Self(1);
    pub(super) const MONTH: Self = Self(1 << 1);
    pub(super) const DAY: Self = Self(1 << 2);
    pub(super) const HOUR: Self = Self(1 << 3);
    pub(super) const MINUTE: Self = Self(1 << 4);
    pub(super) const SECOND: Self = Self(1 << 5);
    pub(super) const ZONE: Self = Self(1 << 6);
    pub(super) const DAY_OF_YEAR: Self = Self(1 << 7);
    pub(super) const WEEKDAY: Self = Self(1 << 8);
    pub(super) const MERIDIAN: Self = Self(1 << 9);
    pub(super) const ERA: Self = Self(1 << 10);
    pub(super) const RESERVED: Self = Self(1 << 11);
    pub(super) const SUMMER: Self = Self(1 << 12);

    /// Year, month and day.
    pub(super) const DATE: Self = Self(0b111);
    /// Any part of a date.
    pub(super) const ANY_DATE: Self = Self::DATE;
    /// Hour, minute and second.
    pub(super) const TIME: Self = Self(0b11_1000);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Adds fields; `None` where one of them is there already.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        (self.0 & other.0 == 0).then_some(self.or(other))
    }

    /// Tells whether some of the fields are there.
    pub(super) const fn has(self, some: Self) -> bool {
        self.0 & some.0 != 0
    }

    /// Tells whether all of the fields are there.
    pub(super) const fn has_all(self, all: Self) -> bool {
        self.0 & all.0 == all.0
    }

    pub(super) const fn only(self, kept: Self) -> Self {
        Self(self.0 & kept.0)
    }

    pub(super) const fn without(self, left_out: Self) -> Self {
        Self(self.0 & !left_out.0)
    }
}
