//! Which sender is next?

use super::id::SenderId;
use crate::telephony::{Region, SenderKind};

/// The senders that an application has, the preferred first.
///
/// A sender that [needs registration](super::SenderVerdict::NeedsRegistration) is taken to have been
/// registered. A short code belongs to one country, which its digits do not tell, so that short codes
/// are left out unless [`short_codes_of`](Self::short_codes_of) says which one it is.
///
/// ```
/// use septet::sender::{SenderId, SenderPool};
/// use septet::telephony::Region;
/// let [name, code, number]: [SenderId; 3] = ["Example".parse()?, "24365".parse()?, "+16505550123".parse()?];
/// let senders = [name, code, number];
/// let pool = SenderPool::new(&senders).short_codes_of(Region::US);
/// assert_eq!(pool.next(Region::US, 0, &[]), Some(code)); // names are not supported
/// assert_eq!(pool.next(Region::US, 1, &[]), Some(number));
/// assert_eq!(pool.next(Region::US, 1, &[number]), Some(code));
/// assert_eq!(pool.next(Region::FR, 0, &[]), Some(name));
/// assert_eq!(pool.next(Region::FR, 1, &[]), Some(number)); // the short code is no French one
/// # Ok::<_, septet::sender::InvalidSenderId>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SenderPool<'a> {
    senders: &'a [SenderId],
    short_codes_of: Option<Region>,
}

impl<'a> SenderPool<'a> {
    /// Creates a pool of senders, the preferred first. One that stands there twice has two turns.
    pub const fn new(senders: &'a [SenderId]) -> Self {
        Self {
            senders,
            short_codes_of: None,
        }
    }

    /// Says to which country the short codes belong: they are used there and nowhere else.
    #[must_use]
    pub const fn short_codes_of(mut self, region: Region) -> Self {
        self.short_codes_of = Some(region);
        self
    }

    /// Returns the sender of an attempt, counted from 0, or `None` if there is none that the
    /// destination takes.
    ///
    /// The first attempt has the preferred sender, each further one the next, and behind the last
    /// comes the first. One that failed is passed over while another is left; when all have failed,
    /// they go on taking turns: stop after as many attempts as there are senders, or when the answer is
    /// among those that failed. Nothing is kept: the same question has the same answer.
    pub fn next(&self, destination: Region, attempt: u32, failed: &[SenderId]) -> Option<SenderId> {
        let taken = || {
            let senders = self.senders.iter();
            senders.filter(|sender| self.is_taken(sender, destination))
        };
        let count = taken().count();
        let turn = (attempt as usize).checked_rem(count)?;
        taken()
            .cycle()
            .skip(turn)
            .take(count)
            .find(|sender| !failed.contains(sender))
            .or_else(|| taken().nth(turn))
            .copied()
    }

    fn is_taken(&self, sender: &SenderId, destination: Region) -> bool {
        let at_home =
            sender.kind() != SenderKind::ShortCode || self.short_codes_of == Some(destination);
        at_home && !sender.verdict(destination).is_refused()
    }
}
