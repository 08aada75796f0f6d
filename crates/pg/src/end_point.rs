//! What an encrypted channel is known by: the hash of the server's certificate, `tls-server-end-point` of RFC 5929.

use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// A hash function that certificates are signed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// The signatures of certificates, by the bytes of their object identifiers; SHA-256 takes the place of MD5 and SHA-1
/// (RFC 5929, section 4.1).
const SIGNATURES: [(&[u8], Hash); 11] = [
    // RSA, 1.2.840.113549.1.1: with MD5, SHA-1, SHA-256, SHA-384, SHA-512, SHA-224 (RFC 4055).
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04", Hash::Sha256),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05", Hash::Sha256),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", Hash::Sha256),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", Hash::Sha384),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", Hash::Sha512),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0e", Hash::Sha224),
    // ECDSA, 1.2.840.10045.4: with SHA-1, SHA-224, SHA-256, SHA-384, SHA-512 (RFC 5758).
    (b"\x2a\x86\x48\xce\x3d\x04\x01", Hash::Sha256),
    (b"\x2a\x86\x48\xce\x3d\x04\x03\x01", Hash::Sha224),
    (b"\x2a\x86\x48\xce\x3d\x04\x03\x02", Hash::Sha256),
    (b"\x2a\x86\x48\xce\x3d\x04\x03\x03", Hash::Sha384),
    (b"\x2a\x86\x48\xce\x3d\x04\x03\x04", Hash::Sha512),
];

/// The tags of DER that lead to a certificate's signature.
const SEQUENCE: u8 = 0x30;
const OBJECT_IDENTIFIER: u8 = 0x06;

/// Returns the hash of a certificate in DER; `None` where its signature has no hash function of its own, as Ed25519: RFC
/// 5929 leaves undefined what its channel is known by.
pub(crate) fn of_certificate(certificate: &[u8]) -> Option<Vec<u8>> {
    let signature = signature(certificate)?;
    let (_, hash) = SIGNATURES.into_iter().find(|(known, _)| *known == signature)?;
    Some(match hash {
        Hash::Sha224 => Sha224::digest(certificate).to_vec(),
        Hash::Sha256 => Sha256::digest(certificate).to_vec(),
        Hash::Sha384 => Sha384::digest(certificate).to_vec(),
        Hash::Sha512 => Sha512::digest(certificate).to_vec(),
    })
}

/// Returns the object identifier of the algorithm that a certificate is signed with (RFC 5280, section 4.1).
fn signature(certificate: &[u8]) -> Option<&[u8]> {
    let (certificate, _) = element(certificate, SEQUENCE)?;
    let (_signed, rest) = element(certificate, SEQUENCE)?;
    let (algorithm, _) = element(rest, SEQUENCE)?;
    let (identifier, _) = element(algorithm, OBJECT_IDENTIFIER)?;
    Some(identifier)
}

/// Takes an element off the beginning of DER: what it holds, and what follows.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        short @ 0..=0x7f => (usize::from(*short), rest),
        long => {
            let (length, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            let push = |sum: usize, byte: &u8| Some(sum.checked_mul(256)? + usize::from(*byte));
            (length.iter().try_fold(0, push)?, rest)
        }
    };
    (*found == tag).then(|| rest.split_at_checked(length))?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes the frame of a certificate: something signed, and the algorithm.
    fn certificate(identifier: &[u8]) -> Vec<u8> {
        let element = |tag: u8, content: &[u8]| {
            let length = u16::try_from(content.len()).unwrap().to_be_bytes();
            [&[tag, 0x82], length.as_slice(), content].concat()
        };
        let algorithm = element(SEQUENCE, &element(OBJECT_IDENTIFIER, identifier));
        element(SEQUENCE, &[element(SEQUENCE, &[0; 300]), algorithm].concat())
    }

    #[test]
    fn hash_is_that_of_the_signature() {
        for (identifier, hash) in SIGNATURES {
            let length = match hash {
                Hash::Sha224 => 28,
                Hash::Sha256 => 32,
                Hash::Sha384 => 48,
                Hash::Sha512 => 64,
            };
            assert_eq!(of_certificate(&certificate(identifier)).unwrap().len(), length);
        }
        let ed25519 = b"\x2b\x65\x70";
        assert_eq!(of_certificate(&certificate(ed25519)), None);
    }

    #[test]
    fn what_is_cut_short_has_no_hash() {
        let whole = certificate(SIGNATURES[2].0);
        for end in 0..whole.len() {
            assert_eq!(of_certificate(&whole[..end]), None);
        }
    }
}
