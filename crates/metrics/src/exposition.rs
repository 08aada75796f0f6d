//! All metrics as text, at the moment they are asked for.

use crate::collection::CollectionMetrics;
use crate::scopes;
use census_store::Store;
use chrono::Utc;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use std::sync::Arc;

/// The media type of the text.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Tells Prometheus of the censuses of this process and of the scopes of a store.
#[derive(Debug, Clone)]
pub struct Exposition {
    metrics: Arc<CollectionMetrics>,
    store: Store,
}

impl Exposition {
    /// Tells of these.
    #[must_use]
    pub fn new(metrics: Arc<CollectionMetrics>, store: Store) -> Self {
        Self { metrics, store }
    }

    /// Returns the text in the format of OpenMetrics 1.0. A store that cannot be read is a metric.
    ///
    /// # Errors
    /// A metric that has no text form; none here does.
    pub async fn text(&self) -> Result<String, std::fmt::Error> {
        let coverage = self.store.coverage(&[]).await;
        if let Err(error) = &coverage {
            tracing::warn!(%error, "the coverage could not be read for metrics");
        }
        let scopes = scopes::registry(coverage.as_deref().ok(), Utc::now());
        let mut text = String::new();
        encode_registry(&mut text, self.metrics.counts())?;
        encode_registry(&mut text, &self.metrics.moments())?;
        encode_registry(&mut text, &scopes)?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RunEnd;
    use census_collect::{Event, Progress};
    use census_directory::scope::{Outcome, Scope, ScopeReport};
    use census_store::CoverageRow;
    use std::time::Duration;

    fn scope(dataset: &str) -> Scope {
        Scope {
            account_id: "111122223333".to_owned(),
            region: "eu-west-1".to_owned(),
            dataset: dataset.to_owned(),
        }
    }

    fn text_of(registry: &prometheus_client::registry::Registry) -> String {
        let mut text = String::new();
        encode_registry(&mut text, registry).unwrap();
        text
    }

    #[test]
    fn events_and_runs_are_counted() {
        let metrics = CollectionMetrics::new();
        let now = Utc::now();
        let at = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        metrics.begin_run(at);
        assert!(text_of(metrics.counts()).contains("census_runs_in_progress 1\n"));
        let scope = scope("aws.apigatewayv2_api");
        let report = ScopeReport::of_no_call(Outcome::Denied, now);
        let (account_id, region) = (scope.account_id.as_str(), scope.region.as_str());
        for event in [
            Event::RequestSent { service: "sts" },
            Event::RequestSent { service: "apigateway" },
            Event::RequestSent { service: "apigateway" },
            Event::Throttled { account_id, region, service: "apigateway" },
            Event::RowsRead { scope: &scope, rows: 3 },
            Event::ScopeFinished { scope: &scope, report: &report },
        ] {
            metrics.event(event);
        }
        metrics.end_run(RunEnd::Incomplete, at, Duration::from_secs(20));
        metrics.plan_run(at);
        let text = text_of(metrics.counts()) + &text_of(&metrics.moments());
        for line in [
            "census_requests_total{service=\"apigateway\"} 2",
            "census_requests_total{service=\"sts\"} 1",
            "census_throttles_total{account_id=\"111122223333\",region=\"eu-west-1\",service=\"apigateway\"} 1",
            "census_rows_read_total{dataset=\"aws.apigatewayv2_api\"} 3",
            "census_scopes_ended_total{dataset=\"aws.apigatewayv2_api\",outcome=\"denied\"} 1",
            "census_runs_total{outcome=\"incomplete\"} 1",
            "census_runs_total{outcome=\"failed\"} 0",
            "census_runs_in_progress 0",
            "census_run_duration_seconds_bucket{le=\"15.0\"} 0",
            "census_run_duration_seconds_bucket{le=\"30.0\"} 1",
            "census_run_started_timestamp_seconds 1800000000.0",
            "census_run_next_timestamp_seconds 1800000000.0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
    }

    #[test]
    fn a_moment_that_has_not_come_is_not_shown() {
        assert_eq!(text_of(&CollectionMetrics::new().moments()), "");
    }

    #[test]
    fn scopes_have_their_age_and_whether_they_are_whole() {
        let now = Utc::now();
        let ended = |outcome, seconds| ScopeReport {
            rows: 7,
            ..ScopeReport::of_no_call(outcome, now - Duration::from_secs(seconds))
        };
        let covered = |dataset: &str, report: &ScopeReport, former: Option<&CoverageRow>| {
            CoverageRow::after(&scope(dataset), report, former, report.started_at)
        };
        let read = covered("whole", &ended(Outcome::Complete, 60), None);
        let before = covered("stale", &ended(Outcome::Complete, 7_200), None);
        let stale = covered("stale", &ended(Outcome::Denied, 60), Some(&before));
        let never = covered("never", &ended(Outcome::Throttled, 60), None);
        let absent = covered("absent", &ended(Outcome::NotEnabled, 60), None);
        let text = text_of(&scopes::registry(Some(&[read, stale, never, absent]), now));
        let of = |dataset: &str| {
            format!("{{account_id=\"111122223333\",region=\"eu-west-1\",dataset=\"{dataset}\"}}")
        };
        for line in [
            format!("census_scope_complete{} 1", of("whole")),
            format!("census_scope_age_seconds{} 60.0", of("whole")),
            format!("census_scope_rows{} 7", of("whole")),
            format!("census_scope_complete{} 0", of("stale")),
            format!("census_scope_age_seconds{} 7200.0", of("stale")),
            format!("census_scope_complete{} 0", of("never")),
            "census_scopes{outcome=\"not_enabled\"} 1".to_owned(),
            "census_scopes{outcome=\"partial\"} 0".to_owned(),
            "census_store_readable 1".to_owned(),
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
        assert!(!text.contains("absent\""), "{text}");
        assert!(!text.contains(&format!("census_scope_age_seconds{}", of("never"))), "{text}");
    }

    #[test]
    fn a_store_that_cannot_be_read_is_a_metric() {
        assert!(text_of(&scopes::registry(None, Utc::now())).contains("census_store_readable 0\n"));
    }

    #[tokio::test]
    async fn the_whole_text_ends_as_the_format_asks() {
        let store = Store::open_or_create("memory:").await.unwrap();
        let exposition = Exposition::new(Arc::new(CollectionMetrics::new()), store);
        let text = exposition.text().await.unwrap();
        assert!(text.ends_with("# EOF\n"), "{text}");
        assert_eq!(text.matches("# EOF").count(), 1);
        assert_eq!(text.matches("# TYPE census_scopes gauge").count(), 1);
    }
}
