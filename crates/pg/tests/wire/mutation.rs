//! Sessions that were well-behaved, with faults in them.

/// Numbers that look random and are the same in every run.
pub struct Numbers(u64);

/// Bytes that lengths, counts and letters are made wrong with.
const EDGES: [u8; 8] = [0, 1, 3, 4, 0x7f, 0x80, 0xfe, 0xff];

impl Numbers {
    /// Begins with a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below a limit; 0 where there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    /// Returns so many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| u8::try_from(self.below(256)).unwrap()).collect()
    }
}

/// Returns what is sent of a session after one to three faults.
pub fn mutated(session: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut messages = session.to_vec();
    for _ in 0..=numbers.below(3) {
        mutate(&mut messages, numbers);
    }
    messages.concat()
}

fn mutate(messages: &mut Vec<Vec<u8>>, numbers: &mut Numbers) {
    let place = numbers.below(messages.len());
    let other = numbers.below(messages.len());
    let Some(message) = messages.get_mut(place) else { return };
    let byte = numbers.below(message.len());
    match numbers.below(9) {
        0 => message.truncate(byte),
        1 => {
            let edge = EDGES[numbers.below(EDGES.len())];
            message.splice(byte..message.len().min(byte + 1), [edge]);
        }
        2 => {
            // The length stands after the letter, which the first packet does not have.
            let start = usize::from(message.first() != Some(&0));
            for offset in 0..4 {
                if let Some(byte) = message.get_mut(start + offset) {
                    *byte = EDGES[numbers.below(EDGES.len())];
                }
            }
        }
        3 => {
            let random = numbers.below(256);
            message.splice(byte..message.len().min(byte + 1), [u8::try_from(random).unwrap()]);
        }
        4 => {
            let count = numbers.below(40);
            let bytes = numbers.bytes(count);
            message.splice(byte..byte, bytes);
        }
        5 => {
            let end = message.len().min(byte + numbers.below(8));
            message.drain(byte..end);
        }
        6 => messages.swap(place, other),
        7 => {
            let copy = messages[other].clone();
            messages.insert(place, copy);
        }
        _ => {
            messages.remove(place);
        }
    }
}
