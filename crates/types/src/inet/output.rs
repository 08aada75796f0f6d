//! Writes inet as PostgreSQL does: the longest run of zero words of an IPv6 address is `::`.

use std::fmt;
use std::net::Ipv4Addr;

use super::address::{Family, Inet};

impl Inet {
    /// Returns the address without its prefix.
    #[must_use]
    pub fn host(self) -> String {
        // Every way to write an address is without fault.
        let mut text = String::new();
        let _ = write_address(self, &mut text);
        text
    }

    /// Returns the address with its prefix, whether or not that is the whole address.
    #[must_use]
    pub fn with_mask(self) -> String {
        format!("{}/{}", self.host(), self.prefix())
    }
}

/// Prints the prefix only where it is not the whole address.
impl fmt::Display for Inet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_address(*self, f)?;
        if self.is_host() { Ok(()) } else { write!(f, "/{}", self.prefix()) }
    }
}

fn write_address(inet: Inet, out: &mut impl fmt::Write) -> fmt::Result {
    match inet.family() {
        Family::V4 => write_version_four(inet.address(), out),
        Family::V6 => write_version_six(inet.address(), out),
    }
}

fn write_version_four(address: u128, out: &mut impl fmt::Write) -> fmt::Result {
    // The lowest 32 bits are the address.
    #[allow(clippy::cast_possible_truncation)]
    let address = address as u32;
    write!(out, "{}", Ipv4Addr::from_bits(address))
}

fn write_version_six(address: u128, out: &mut impl fmt::Write) -> fmt::Result {
    let mut words = [0_u16; 8];
    for (word, bytes) in words.iter_mut().zip(address.to_be_bytes().chunks_exact(2)) {
        *word = u16::from(bytes[0]) << 8 | u16::from(bytes[1]);
    }
    let (start, length) = longest_zeros(&words);
    let mut index = 0;
    while index < 8 {
        if length > 0 && index == start {
            out.write_str(if index + length == 8 { "::" } else { ":" })?;
            index += length;
            continue;
        }
        if index > 0 {
            out.write_char(':')?;
        }
        let is_mapped = start == 0
            && (length == 6
                || (length == 7 && words[7] != 1)
                || (length == 5 && words[5] == 0xffff));
        if index == 6 && is_mapped {
            return write_version_four(address, out);
        }
        write!(out, "{:x}", words[index])?;
        index += 1;
    }
    Ok(())
}

/// Returns where the first of the longest runs of zero words begins and how long it is; one word is no run.
fn longest_zeros(words: &[u16; 8]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut run = (0, 0);
    for (index, word) in words.iter().enumerate() {
        run = match (*word, run.1) {
            (0, 0) => (index, 1),
            (0, length) => (run.0, length + 1),
            _ => (0, 0),
        };
        if run.1 > best.1 {
            best = run;
        }
    }
    if best.1 < 2 { (0, 0) } else { best }
}
