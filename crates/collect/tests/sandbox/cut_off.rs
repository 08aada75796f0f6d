//! The network is gone in the middle of a run.

use crate::witness::{Witness, keys, options};
use census_collect::{Collector, Event, Progress, Sink};
use census_directory::Directory;
use census_directory::scope::Outcome;
use census_sandbox::{GeneratedSpec, Inventory, Sandbox, SandboxOptions};
use std::sync::{Arc, Mutex};

/// Ends the sandbox with the first route that is read.
struct Cut(Mutex<Option<Sandbox>>);

impl Progress for Cut {
    fn event(&self, event: Event<'_>) {
        if let Event::RowsRead { scope, .. } = event
            && scope.dataset.ends_with("_route")
        {
            drop(self.0.lock().unwrap().take());
        }
    }
}

#[tokio::test]
async fn a_region_that_cannot_be_reached_any_more_is_given_up_and_nothing_is_taken_for_empty() {
    let spec = GeneratedSpec { accounts: 1, regions: 1, apis: 20, integrations: 30, responses: 1 };
    let inventory = Inventory::generated(spec);
    let sandbox = Sandbox::start(SandboxOptions::new(inventory).quota(None)).await.unwrap();
    let mut options = options(&sandbox, &[]);
    options.accounts = vec![keys("AKIAGENERATED0000000", "generated-secret")];
    let collector = Collector::new(options, Arc::new(Directory::builtin().clone())).unwrap();
    let witness = Arc::new(Witness::default());
    let sink: Arc<dyn Sink> = Arc::clone(&witness) as _;
    let report = collector.run(sink, Arc::new(Cut(Mutex::new(Some(sandbox))))).await.unwrap();
    // What had begun, then sixteen lists of three attempts and those beside them, not all 1,300.
    assert!(report.calls < 250, "{}", report.calls);
    let complete = |dataset: &str| {
        let mut scopes = report.scopes.iter();
        let (_, report) = scopes.find(|(scope, _)| scope.dataset.ends_with(dataset)).unwrap();
        report.outcome == Outcome::Complete
    };
    assert!(complete("_api") && complete("_vpclink"));
    for dataset in ["_routeresponse", "_integrationresponse", "_stage", "_deployment", "_model"] {
        assert!(!complete(dataset), "{dataset}");
    }
    let mut told = report.scopes.iter().filter_map(|(_, report)| report.error_message.as_deref());
    assert!(told.any(|told| told.starts_with("given up after 16 lists on end: \"http://")));
}
