//! An AWS endpoint in process, with which the collector is tested and demonstrated.
//!
//! One address serves API Gateway V2 (the thirteen list operations Census uses), STS, EC2's
//! `DescribeRegions` and the accounts and units of Organizations; the service and the region are those of
//! the request's signature, which is verified. Accounts, quota and faults are data:
//!
//! ```
//! # fn main() -> census_error::Result<()> {
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(async {
//! use census_sandbox::{Effect, FaultRule, Inventory, Sandbox, SandboxOptions};
//!
//! let sandbox = Sandbox::start(SandboxOptions::new(Inventory::sample())).await?;
//! sandbox.set_faults(vec![
//!     FaultRule::new(Effect::Denied).region("eu-west-1").operation("GetRoutes"),
//! ]);
//! assert!(sandbox.url().starts_with("http://127.0.0.1:"));
//! sandbox.stop().await;
//! # Ok(())
//! # })
//! # }
//! ```

mod call;
mod clock;
mod error;
mod faults;
mod generated;
mod inventory;
mod quota;
mod sample;
mod sandbox;
mod services;
mod state;
mod wire;

pub use call::Call;
pub use clock::Clock;
pub use error::SandboxError;
pub use faults::{Effect, FaultRule};
pub use generated::GeneratedSpec;
pub use inventory::{
    AccessKey, Account, Api, DomainName, Integration, Inventory, Items, KnownRegion,
    OrganizationalUnit, Region, Role, Route,
};
pub use quota::Quota;
pub use sample::SampleFault;
pub use sandbox::{Sandbox, SandboxOptions};
