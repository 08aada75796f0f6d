//! The order of keys and of whole hstore values, as PostgreSQL's `hstore_cmp` defines them.

use std::cmp::Ordering;

use super::Entry;

/// Orders keys canonically: by length in bytes, then by bytes.
#[must_use]
pub fn compare_keys(left: &str, right: &str) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.as_bytes().cmp(right.as_bytes()))
}

/// Tells whether the keys are unique and in canonical order.
pub fn is_canonical<'a>(mut entries: impl Iterator<Item = Entry<'a>>) -> bool {
    let Some((mut previous, _)) = entries.next() else {
        return true;
    };
    for (key, _) in entries {
        if compare_keys(previous, key) != Ordering::Less {
            return false;
        }
        previous = key;
    }
    true
}

/// Orders two values whose entries are canonical.
///
/// The order is PostgreSQL's: the empty value first, then by the bytes of all keys and values
/// strung together, then by their length, the number of pairs, and where the parts end.
/// It serves `ORDER BY`, `DISTINCT` and B-trees and has no further meaning.
pub fn compare_entries<'a, L, R>(left: L, right: R) -> Ordering
where
    L: Iterator<Item = Entry<'a>> + Clone,
    R: Iterator<Item = Entry<'a>> + Clone,
{
    let counts = (left.clone().count(), right.clone().count());
    match counts {
        (0, 0) => return Ordering::Equal,
        (0, _) => return Ordering::Less,
        (_, 0) => return Ordering::Greater,
        _ => {}
    }
    compare_bytes(left.clone(), right.clone())
        .then(counts.0.cmp(&counts.1))
        .then_with(|| compare_ends(left, right))
}

/// Compares the bytes of all parts strung together; a proper prefix comes first.
fn compare_bytes<'a>(
    left: impl Iterator<Item = Entry<'a>>,
    right: impl Iterator<Item = Entry<'a>>,
) -> Ordering {
    let mut left_parts = parts(left);
    let mut right_parts = parts(right);
    let (mut left_rest, mut right_rest): (&[u8], &[u8]) = (&[], &[]);
    loop {
        if left_rest.is_empty() {
            left_rest = left_parts.find(|part| !part.is_empty()).unwrap_or_default();
        }
        if right_rest.is_empty() {
            right_rest = right_parts.find(|part| !part.is_empty()).unwrap_or_default();
        }
        let shared = left_rest.len().min(right_rest.len());
        if shared == 0 {
            return left_rest.len().cmp(&right_rest.len());
        }
        let order = left_rest[..shared].cmp(&right_rest[..shared]);
        if order != Ordering::Equal {
            return order;
        }
        left_rest = &left_rest[shared..];
        right_rest = &right_rest[shared..];
    }
}

fn parts<'a>(entries: impl Iterator<Item = Entry<'a>>) -> impl Iterator<Item = &'a [u8]> {
    entries.flat_map(|(key, value)| [key.as_bytes(), value.unwrap_or_default().as_bytes()])
}

/// Compares where keys and values end, and puts a NULL after the empty text in the same place.
fn compare_ends<'a>(
    left: impl Iterator<Item = Entry<'a>>,
    right: impl Iterator<Item = Entry<'a>>,
) -> Ordering {
    for ((left_key, left_value), (right_key, right_value)) in left.zip(right) {
        // Equal so far, so the ends differ exactly where the lengths do.
        let order = left_key
            .len()
            .cmp(&right_key.len())
            .then_with(|| {
                let left_length = left_value.unwrap_or_default().len();
                left_length.cmp(&right_value.unwrap_or_default().len())
            })
            .then_with(|| left_value.is_none().cmp(&right_value.is_none()));
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(left: &str, right: &str) -> Ordering {
        let left = super::super::text::parse(left).unwrap();
        let right = super::super::text::parse(right).unwrap();
        let borrow = |entries: &'static [(String, Option<String>)]| {
            entries.iter().map(|(k, v)| (k.as_str(), v.as_deref()))
        };
        compare_entries(borrow(left.leak()), borrow(right.leak()))
    }

    #[test]
    fn shorter_keys_come_first() {
        assert_eq!(compare_keys("z", "aa"), Ordering::Less);
        assert_eq!(compare_keys("b", "a"), Ordering::Greater);
        // Length counts bytes: two bytes of UTF-8 against three.
        assert_eq!(compare_keys("ÿ", "abc"), Ordering::Less);
    }

    #[test]
    fn whole_values_order_as_in_postgresql() {
        for (smaller, larger) in [
            ("", "a=>1"),
            ("a=>1", "a=>2"),
            ("a=>1", "a=>1,b=>1"),
            ("a=>b", "ab=>\"\""),
            ("a=>\"\"", "a=>NULL"),
            ("ab=>c", "abc=>NULL"),
        ] {
            assert_eq!(compare(smaller, larger), Ordering::Less, "{smaller} < {larger}");
            assert_eq!(compare(larger, smaller), Ordering::Greater, "{larger} > {smaller}");
            assert_eq!(compare(larger, larger), Ordering::Equal, "{larger} = {larger}");
        }
    }
}
