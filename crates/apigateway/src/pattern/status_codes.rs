//! Sets of status codes, small enough to be compared for every integration.

/// The first status code there is, and the last.
const FIRST: u16 = 100;
const LAST: u16 = 599;

/// A set of status codes from 100 to 599.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatusCodes {
    /// A bit for each code, from 100.
    bits: [u64; 8],
}

impl StatusCodes {
    /// Every status code.
    pub(crate) fn all() -> impl Iterator<Item = u16> {
        FIRST..=LAST
    }

    /// Adds a code; others than status codes are left out.
    pub(crate) fn insert(&mut self, code: u16) {
        if let Some((word, bit)) = place(code) {
            self.bits[word] |= bit;
        }
    }

    /// Whether a code is in it.
    #[must_use]
    pub fn contains(&self, code: u16) -> bool {
        place(code).is_some_and(|(word, bit)| self.bits[word] & bit != 0)
    }

    /// Whether no code is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits == [0; 8]
    }

    /// Whether every code is in it.
    pub(crate) fn is_full(&self) -> bool {
        self.bits.iter().map(|word| word.count_ones()).sum::<u32>() == u32::from(LAST - FIRST + 1)
    }

    /// Adds the codes of another set.
    pub(crate) fn extend(&mut self, other: &Self) {
        for (word, more) in self.bits.iter_mut().zip(other.bits) {
            *word |= more;
        }
    }

    /// The lowest code that both have.
    pub(crate) fn first_shared(&self, other: &Self) -> Option<u16> {
        let shared = self.bits.iter().zip(other.bits).map(|(word, more)| word & more);
        let (word, bits) = shared.enumerate().find(|(_, bits)| *bits != 0)?;
        u16::try_from(word * 64 + bits.trailing_zeros() as usize).ok().map(|place| FIRST + place)
    }
}

fn place(code: u16) -> Option<(usize, u64)> {
    let place = usize::from(code.checked_sub(FIRST).filter(|_| code <= LAST)?);
    Some((place / 64, 1 << (place % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_from_100_to_599_are_kept() {
        let mut codes = StatusCodes::default();
        for code in [99, 100, 163, 164, 599, 600] {
            codes.insert(code);
        }
        let kept: Vec<u16> = (0..=700).filter(|code| codes.contains(*code)).collect();
        assert_eq!(kept, [100, 163, 164, 599]);
        for code in StatusCodes::all() {
            codes.insert(code);
        }
        assert!(codes.is_full());
    }

    #[test]
    fn lowest_shared_code_is_found() {
        let set = |codes: &[u16]| {
            let mut set = StatusCodes::default();
            for code in codes {
                set.insert(*code);
            }
            set
        };
        assert_eq!(set(&[404, 200, 500]).first_shared(&set(&[500, 404])), Some(404));
        assert_eq!(set(&[200]).first_shared(&set(&[201])), None);
    }
}
