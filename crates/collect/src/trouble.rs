//! Why a list, and with it a scope, was not read: in words that say what to do.

use crate::error::CollectError;
use crate::failure::{Failure, FailureKind};
use crate::lineage::Place;
use crate::region::Standing;
use census_directory::ListCall;
use census_directory::scope::Outcome;

/// Why a scope is not complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// How a scope ends that has nothing else.
    pub(crate) outcome: Outcome,
    /// AWS's name of it, or ours.
    pub(crate) code: Option<String>,
    message: String,
    /// The dataset whose list failed, where it is an ancestor's.
    origin: Option<String>,
}

impl Trouble {
    /// Returns the trouble that a failed list means, with what to do about it where that is known.
    pub(crate) fn of_call(failure: &Failure, list: &ListCall, place: &Place) -> Self {
        let (operation, words) = (&list.operation, &failure.message);
        let (outcome, message) = match failure.kind {
            FailureKind::Denied if is_about_clock(failure) => (
                Outcome::Failed,
                format!("{operation} was refused, set the clock of this machine right: {words}"),
            ),
            FailureKind::Denied if is_about_credentials(failure) => {
                (Outcome::Denied, format!("{operation} was refused: {words}"))
            }
            FailureKind::Denied => (
                Outcome::Denied,
                format!(
                    "{operation} was denied, allow \"{}\" on \"{}\": {words}",
                    list.action,
                    resource(list, place)
                ),
            ),
            FailureKind::Throttled => (
                Outcome::Throttled,
                format!(
                    "{operation} was throttled, retry later or with a larger --reserve: {words}"
                ),
            ),
            FailureKind::Expired => (
                Outcome::Denied,
                format!("{operation} was refused, since the credentials have expired: {words}"),
            ),
            _ => (Outcome::Failed, format!("{operation} failed: {words}")),
        };
        Self { outcome, code: failure.code.clone(), message, origin: None }
    }

    /// Returns the trouble that a region's standing means to credentials that are valid elsewhere.
    pub(crate) fn of_region(standing: Option<Standing>, region: &str) -> Option<Self> {
        match standing? {
            Standing::Enabled => None,
            Standing::NotEnabled => Some(Self::not_enabled()),
            Standing::Unheard => Some(Self {
                outcome: Outcome::Failed,
                code: Some("UnknownRegion".to_owned()),
                message: format!("region \"{region}\" does not exist"),
                origin: None,
            }),
        }
    }

    /// Returns the trouble of lists that are not tried any more, after so many lists or attempts on end that came to
    /// nothing.
    pub(crate) fn cut_off(failure: &Failure, count: u32, what: &str) -> Self {
        Self {
            outcome: Outcome::Failed,
            code: failure.code.clone(),
            message: format!("given up after {count} {what} on end: {}", failure.message),
            origin: None,
        }
    }

    /// Returns the trouble of a region that its account has not opted in to.
    pub(crate) fn not_enabled() -> Self {
        Self {
            outcome: Outcome::NotEnabled,
            code: None,
            message: "the region is not enabled for the account".to_owned(),
            origin: None,
        }
    }

    /// Tells whether it concerns the whole region, not the list that met it.
    fn is_of_region(&self) -> bool {
        self.outcome == Outcome::NotEnabled || self.code.as_deref() == Some("UnknownRegion")
    }

    /// Returns the trouble that an answer of the wrong form means.
    pub(crate) fn of_error(error: &CollectError) -> Self {
        Self {
            outcome: Outcome::Failed,
            code: Some(error.code().to_owned()),
            message: error.sentence(),
            origin: None,
        }
    }

    /// Says whose list it was, to those below.
    pub(crate) fn below(mut self, dataset: &str) -> Self {
        if !self.is_of_region() {
            self.origin.get_or_insert_with(|| dataset.to_owned());
        }
        self
    }

    fn severity(&self) -> u8 {
        match self.outcome {
            _ if self.is_of_region() => 3,
            Outcome::Denied => 2,
            Outcome::Throttled => 1,
            _ => 0,
        }
    }

    /// Returns the whole sentence.
    pub(crate) fn sentence(&self) -> String {
        match &self.origin {
            Some(dataset) => {
                format!("parents could not be listed (\"{dataset}\"): {}", self.message)
            }
            None => self.message.clone(),
        }
    }
}

/// Tells whether access was denied to whoever asks, rather than to what was asked for.
fn is_about_credentials(failure: &Failure) -> bool {
    const NAMES: [&str; 6] = [
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
    ];
    failure.code.as_deref().is_some_and(|code| NAMES.contains(&code))
}

/// Tells whether the service finds that the request is of another time.
fn is_about_clock(failure: &Failure) -> bool {
    const NAMES: [&str; 3] = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"];
    failure.code.as_deref().is_some_and(|code| NAMES.contains(&code))
}

/// Returns what a policy has to allow the action on: the ARN, with `*` for the ids of parents.
fn resource(list: &ListCall, place: &Place) -> String {
    let part = |variable: &str| Some(place.built_in(variable).unwrap_or("*").to_owned());
    list.resource.render(part).unwrap_or_else(|_| "*".to_owned())
}

/// Keeps the worse; of equals the first.
pub(crate) fn worse(left: Option<Trouble>, right: Option<Trouble>) -> Option<Trouble> {
    match (left, right) {
        (Some(left), Some(right)) if right.severity() > left.severity() => Some(right),
        (Some(left), _) => Some(left),
        (None, right) => right,
    }
}
