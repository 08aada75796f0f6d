//! The lines of scopes that could not be read: one for each account's region and cause.

use crate::output::printable_line;
use crate::surroundings::counted;
use census_collect::Event;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use std::collections::BTreeMap;

/// The scopes that could not be read, of regions that are being read.
#[derive(Debug, Default)]
pub struct FailedScopes(BTreeMap<Place, BTreeMap<Cause, Vec<(Scope, ScopeReport)>>>);

/// Account and region.
type Place = (String, String);

/// Outcome, the cloud's name of what went wrong, and its sentence.
type Cause = (Outcome, Option<String>, String);

impl FailedScopes {
    /// Takes note of what happens, and returns the lines of a region once it is done.
    pub fn take(&mut self, event: Event<'_>) -> Vec<String> {
        match event {
            Event::ScopeFinished { scope, report } => {
                // A region that is not enabled hides nothing; the summary counts it.
                if !matches!(report.outcome, Outcome::Complete | Outcome::NotEnabled) {
                    let place = (scope.account_id.clone(), scope.region.clone());
                    let causes = self.0.entry(place).or_default();
                    causes.entry(cause(report)).or_default().push((scope.clone(), report.clone()));
                }
                Vec::new()
            }
            Event::PlaceFinished { account_id, region } => {
                let place = (account_id.to_owned(), region.to_owned());
                self.0.remove(&place).map(lines).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the lines of regions that nobody will finish.
    pub fn take_rest(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0).into_values().flat_map(lines).collect()
    }
}

fn lines(causes: BTreeMap<Cause, Vec<(Scope, ScopeReport)>>) -> Vec<String> {
    let line = |((outcome, code, sentence), scopes): (Cause, Vec<(Scope, ScopeReport)>)| {
        let (subject, reason) = if let [(scope, report)] = scopes.as_slice() {
            let Scope { account_id, region, dataset } = scope;
            let reason = reason(code, report.error_message.clone().unwrap_or_default());
            (format!("{account_id} {region} {dataset}"), reason)
        } else {
            let place = scopes.first().map(|(scope, _)| scope);
            let place = place.map(|scope| format!("{} in {}", scope.account_id, scope.region));
            let datasets = counted(scopes.len() as u64, "dataset");
            (format!("{datasets} of {}", place.unwrap_or_default()), reason(code, sentence))
        };
        // What AWS says may have line breaks, and is not trusted with the terminal.
        printable_line(&format!("{subject} {}{reason}", outcome.as_str()))
    };
    causes.into_iter().map(line).collect()
}

fn reason(code: Option<String>, sentence: String) -> String {
    let mut reason = String::new();
    for part in [code, Some(sentence).filter(|sentence| !sentence.is_empty())].into_iter().flatten()
    {
        reason.push_str(": ");
        reason.push_str(&part);
    }
    reason
}

/// Returns what the reports of scopes that failed for the same reason have in common: all but whose list it was.
fn cause(report: &ScopeReport) -> Cause {
    let sentence = report.error_message.as_deref().unwrap_or_default();
    let sentence = match sentence.split_once("\"): ") {
        Some((parents, rest)) if parents.starts_with("parents could not be listed") => rest,
        _ => sentence,
    };
    let sentence = sentence.split_once("; not read: ").map_or(sentence, |(reason, _)| reason);
    let sentence = match sentence.split_once(" failed: ") {
        Some((operation, rest)) if !operation.contains(' ') => rest,
        _ => sentence,
    };
    (report.outcome, report.error_code.clone(), sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Utc;

    fn told(failed: &mut FailedScopes, dataset: &str, outcome: Outcome, message: &str) {
        let scope = Scope {
            account_id: "111122223333".to_owned(),
            region: "eu-west-1".to_owned(),
            dataset: format!("aws.apigatewayv2_{dataset}"),
        };
        let report = ScopeReport {
            error_code: Some("Code".to_owned()),
            error_message: Some(message.to_owned()),
            ..ScopeReport::of_no_call(outcome, Utc::now())
        };
        assert!(failed.take(Event::ScopeFinished { scope: &scope, report: &report }).is_empty());
    }

    fn lines_of(failed: &mut FailedScopes) -> Vec<String> {
        failed.take(Event::PlaceFinished { account_id: "111122223333", region: "eu-west-1" })
    }

    #[test]
    fn one_cause_is_one_line() {
        let mut failed = FailedScopes::default();
        told(&mut failed, "api", Outcome::Failed, "GetApis failed: no way");
        let below =
            "parents could not be listed (\"aws.apigatewayv2_api\"): GetApis failed: no way";
        told(&mut failed, "route", Outcome::Failed, below);
        told(&mut failed, "vpclink", Outcome::Failed, "GetVpcLinks failed: no way");
        told(&mut failed, "stage", Outcome::Complete, "");
        assert_eq!(
            lines_of(&mut failed),
            ["3 datasets of 111122223333 in eu-west-1 failed: Code: no way"]
        );
        assert!(lines_of(&mut failed).is_empty());
    }

    #[test]
    fn a_cause_alone_is_told_with_its_dataset_on_one_line_whatever_aws_says() {
        let mut failed = FailedScopes::default();
        told(&mut failed, "api", Outcome::Denied, "no\nway\u{1b}[2J; not read: /v2/apis/a/routes");
        assert_eq!(
            lines_of(&mut failed),
            [
                "111122223333 eu-west-1 aws.apigatewayv2_api denied: Code: no\\nway\\x1B[2J; not read: /v2/apis/a/routes"
            ]
        );
    }

    #[test]
    fn what_was_never_finished_is_told_at_the_end() {
        let mut failed = FailedScopes::default();
        told(&mut failed, "api", Outcome::Denied, "no");
        assert_eq!(failed.take_rest().len(), 1);
        assert!(failed.take_rest().is_empty());
    }
}
