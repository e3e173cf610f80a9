//! Septets in octets: packed (TS 23.038 §6.1.2.1), or one an octet as SMPP has it.

use crate::alphabet::{Alphabet, ESCAPE, Septets, plain_septet};
use crate::encoding::is_plain;

const SEPTET_BITS: usize = 7;
const OCTET_BITS: usize = 8;

/// Octets of so many septets, packed.
pub(super) const fn packed_octets(septets: usize) -> usize {
    (septets * SEPTET_BITS).div_ceil(OCTET_BITS)
}

/// Hands out the septets of a text that the alphabet holds.
pub(super) fn each_septet(text: &str, alphabet: Alphabet, mut septet: impl FnMut(u8)) {
    if alphabet == Alphabet::DEFAULT && is_plain(text) {
        return text.bytes().for_each(|byte| septet(plain_septet(byte)));
    }
    let tables = alphabet.tables();
    for character in text.chars() {
        match tables.encode(character) {
            Some(Septets::Basic(code)) => septet(code),
            Some(Septets::Shifted(code)) => {
                septet(ESCAPE);
                septet(code);
            }
            // Not reached: an alphabet is chosen only for a text that it holds.
            None => {}
        }
    }
}

/// Packs septets behind so many fill bits, fewer than seven, and hands out the octets as they are
/// full. Spare bits are zero.
pub(super) fn pack(septets: &[u8], fill_bits: usize, mut octets: impl FnMut(&[u8])) {
    let mut bits = 0_u64;
    let mut held = fill_bits;
    let (eights, rest) = septets.as_chunks::<8>();
    for eight in eights {
        // Eight septets are seven octets: the bits held stay as many as they are.
        let septets = eight.iter().rev();
        let word = septets.fold(0, |word, septet| word << SEPTET_BITS | u64::from(*septet));
        let [full @ .., last] = (bits | word << held).to_le_bytes();
        octets(&full);
        bits = u64::from(last);
    }
    for septet in rest {
        bits |= u64::from(*septet) << held;
        held += SEPTET_BITS;
        if held >= OCTET_BITS {
            octets(&[bits as u8]);
            bits >>= OCTET_BITS;
            held -= OCTET_BITS;
        }
    }
    if held > 0 {
        octets(&[bits as u8]);
    }
}

/// Septets read from octets, and where they stand.
#[derive(Clone, Debug)]
pub(super) enum SeptetReader<'a> {
    Packed {
        octets: &'a [u8],
        /// The next septet and the one behind the last, counted from the first octet.
        next: usize,
        end: usize,
    },
    Unpacked {
        octets: &'a [u8],
        /// Of the first of these octets, in the user data.
        offset: usize,
        next: usize,
    },
}

impl SeptetReader<'_> {
    /// Returns the next septet with the offset of the octet in which it starts. Octets beyond
    /// `0x7F` of unpacked text come as they are; no table holds them.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(u8, usize)> {
        match self {
            Self::Packed { octets, next, end } => {
                if next >= end {
                    return None;
                }
                let bit = *next * SEPTET_BITS;
                let at = bit / OCTET_BITS;
                let low = *octets.get(at)?;
                let high = octets.get(at + 1).copied().unwrap_or(0);
                *next += 1;
                let septet = u16::from_le_bytes([low, high]) >> (bit % OCTET_BITS) & 0x7F;
                Some((septet as u8, at))
            }
            Self::Unpacked {
                octets,
                offset,
                next,
            } => {
                let octet = *octets.get(*next)?;
                *next += 1;
                Some((octet, *offset + *next - 1))
            }
        }
    }

    /// Folds all septets that are left, as [`next`](Self::next) would give them, but eight at a time
    /// where they start an octet.
    #[inline]
    pub(super) fn fold<T>(mut self, init: T, mut fold: impl FnMut(T, u8, usize) -> T) -> T {
        let mut folded = init;
        loop {
            if let Some((word, start)) = self.next_eight() {
                for bit in (0..8).map(|eighth| eighth * SEPTET_BITS) {
                    folded = fold(folded, (word >> bit & 0x7F) as u8, start + bit / OCTET_BITS);
                }
            } else if let Some((septet, at)) = self.next() {
                folded = fold(folded, septet, at);
            } else {
                return folded;
            }
        }
    }

    /// Returns eight septets that start an octet, and where.
    #[inline]
    fn next_eight(&mut self) -> Option<(u64, usize)> {
        let Self::Packed { octets, next, end } = self else {
            return None;
        };
        if !next.is_multiple_of(8) || *next + 8 > *end {
            return None;
        }
        let start = *next / 8 * SEPTET_BITS;
        let [a, b, c, d, e, f, g] = *octets.get(start..)?.first_chunk()?;
        *next += 8;
        Some((u64::from_le_bytes([a, b, c, d, e, f, g, 0]), start))
    }
}
