//! Ids that look like AWS's and never change.

/// Returns a 64-bit hash of a text: FNV-1a, finished with SplitMix64 so that every bit depends on
/// every byte.
pub(crate) fn hash_of(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Returns an id of lower-case letters and digits that follows from a path of names.
pub(crate) fn id_of(length: usize, path: &str) -> String {
    const DIGITS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut rest = hash_of(path);
    let mut id = String::with_capacity(length);
    for _ in 0..length {
        let index = usize::try_from(rest % 36).unwrap_or_default();
        id.push(char::from(DIGITS[index]));
        rest /= 36;
    }
    id
}
