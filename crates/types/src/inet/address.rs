//! An address with its prefix, its bytes within the engine, and the arithmetic of networks.

use crate::error::InetFault;

/// IPv4 or IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 32 bits.
    V4,
    /// 128 bits.
    V6,
}

impl Family {
    /// Returns how many bits an address has.
    #[must_use]
    pub fn bits(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }

    /// Returns 4 or 6.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::V4 => 4,
            Self::V6 => 6,
        }
    }
}

/// An address and how many of its leading bits are the network's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Inet {
    family: Family,
    /// The address as a number, in the low bits.
    address: u128,
    /// At most the bits of the family.
    prefix: u8,
}

impl Inet {
    /// Makes an address; `None` for a prefix or address longer than the family's.
    #[must_use]
    pub fn new(family: Family, address: u128, prefix: u8) -> Option<Self> {
        let fits = prefix <= family.bits() && address <= mask(family.bits());
        fits.then_some(Self { family, address, prefix })
    }

    /// Returns the bytes within the engine: family, masked network, prefix, address; their order is PostgreSQL's.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 34] {
        let mut bytes = [0; 34];
        bytes[0] = self.family.number();
        bytes[1..17].copy_from_slice(&self.network().address.to_be_bytes());
        bytes[17] = self.prefix;
        bytes[18..].copy_from_slice(&self.address.to_be_bytes());
        bytes
    }

    /// Reads the bytes of [`Self::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let family = match bytes.first()? {
            4 => Family::V4,
            6 => Family::V6,
            _ => return None,
        };
        let address = u128::from_be_bytes(bytes.get(18..34)?.try_into().ok()?);
        Self::new(family, address, *bytes.get(17)?)
    }

    /// Returns the family.
    #[must_use]
    pub fn family(self) -> Family {
        self.family
    }

    /// Returns the address as a number.
    #[must_use]
    pub fn address(self) -> u128 {
        self.address
    }

    /// Returns the length of the prefix in bits.
    #[must_use]
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// Tells whether the whole address is the network's.
    #[must_use]
    pub fn is_host(self) -> bool {
        self.prefix == self.family.bits()
    }

    /// Returns the bits that are not the network's, all set.
    fn host_bits(self) -> u128 {
        mask(self.family.bits() - self.prefix)
    }

    /// Returns the network: the bits after the prefix are zero.
    #[must_use]
    pub fn network(self) -> Self {
        Self { address: self.address & !self.host_bits(), ..self }
    }

    /// Returns the last address of the network.
    #[must_use]
    pub fn broadcast(self) -> Self {
        Self { address: self.address | self.host_bits(), ..self }
    }

    /// Returns the bits of the prefix as an address.
    #[must_use]
    pub fn netmask(self) -> Self {
        let address = mask(self.family.bits()) & !self.host_bits();
        Self { address, prefix: self.family.bits(), ..self }
    }

    /// Returns the bits after the prefix as an address.
    #[must_use]
    pub fn hostmask(self) -> Self {
        Self { address: self.host_bits(), prefix: self.family.bits(), ..self }
    }

    /// Returns the address with another prefix; -1 stands for all bits.
    ///
    /// # Errors
    /// [`InetFault::MaskLength`]
    pub fn with_prefix(self, prefix: i64) -> Result<Self, InetFault> {
        if prefix == -1 {
            return Ok(Self { prefix: self.family.bits(), ..self });
        }
        let length = u8::try_from(prefix).ok().filter(|length| *length <= self.family.bits());
        let prefix = length.ok_or(InetFault::MaskLength(prefix))?;
        Ok(Self { prefix, ..self })
    }

    /// Tells whether the networks have an address in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let shorter = self.prefix.min(other.prefix);
        self.family == other.family && self.common_bits(other) >= shorter
    }

    /// Tells whether a network is the whole or a part of this one.
    #[must_use]
    pub fn contains_or_equals(self, other: Self) -> bool {
        self.prefix <= other.prefix && self.overlaps(other)
    }

    /// Tells whether a network is a part of this one and smaller.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.prefix < other.prefix && self.overlaps(other)
    }

    /// Returns the smallest network that holds both.
    ///
    /// # Errors
    /// [`InetFault::MergeFamilies`]
    pub fn merge(self, other: Self) -> Result<Self, InetFault> {
        if self.family != other.family {
            return Err(InetFault::MergeFamilies);
        }
        let prefix = self.common_bits(other).min(self.prefix).min(other.prefix);
        Ok(Self { prefix, ..self }.network())
    }

    /// Returns the bits that both have.
    ///
    /// # Errors
    /// [`InetFault::Sizes`]
    pub fn and(self, other: Self) -> Result<Self, InetFault> {
        self.combined(other, "AND", self.address & other.address)
    }

    /// Returns the bits that either has.
    ///
    /// # Errors
    /// [`InetFault::Sizes`]
    pub fn or(self, other: Self) -> Result<Self, InetFault> {
        self.combined(other, "OR", self.address | other.address)
    }

    /// Returns the bits that the address does not have.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "it stands beside `and` and `or`")]
    pub fn not(self) -> Self {
        let all = u128::MAX >> (128 - u32::from(self.family.bits()));
        Self { address: !self.address & all, ..self }
    }

    fn combined(self, other: Self, what: &'static str, address: u128) -> Result<Self, InetFault> {
        if self.family != other.family {
            return Err(InetFault::Sizes(what));
        }
        Ok(Self { address, prefix: self.prefix.max(other.prefix), ..self })
    }

    /// Returns the address that is so many further on.
    ///
    /// # Errors
    /// [`InetFault::OutOfRange`]
    pub fn plus(self, number: i64) -> Result<Self, InetFault> {
        self.moved(number < 0, number.unsigned_abs())
    }

    /// Returns the address that is so many before.
    ///
    /// # Errors
    /// [`InetFault::OutOfRange`]
    pub fn minus(self, number: i64) -> Result<Self, InetFault> {
        self.moved(number > 0, number.unsigned_abs())
    }

    fn moved(self, is_back: bool, by: u64) -> Result<Self, InetFault> {
        let moved = if is_back {
            self.address.checked_sub(by.into())
        } else {
            self.address.checked_add(by.into())
        };
        let moved = moved.and_then(|address| Self::new(self.family, address, self.prefix));
        moved.ok_or(InetFault::OutOfRange)
    }

    /// Returns how many addresses lie between.
    ///
    /// # Errors
    /// [`InetFault::Sizes`], [`InetFault::OutOfRange`]
    pub fn distance(self, other: Self) -> Result<i64, InetFault> {
        if self.family != other.family {
            return Err(InetFault::Sizes("subtract"));
        }
        // As PostgreSQL, which goes from the last address on to the first.
        let distance = self.address.wrapping_sub(other.address).cast_signed();
        i64::try_from(distance).map_err(|_| InetFault::OutOfRange)
    }

    /// Returns how many leading bits of two addresses of a family are the same.
    fn common_bits(self, other: Self) -> u8 {
        let different = self.address ^ other.address;
        // At most 128, of which the bits beyond the family's are always the same.
        #[allow(clippy::cast_possible_truncation)]
        let same = different.leading_zeros() as u8;
        same - (128 - self.family.bits())
    }
}

/// Returns a number whose lowest bits are set.
fn mask(bits: u8) -> u128 {
    1_u128.checked_shl(bits.into()).map_or(u128::MAX, |end| end - 1)
}
