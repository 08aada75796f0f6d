//! The profiles of AWS's shared configuration files, to tell a misspelt one from one without credentials.

use crate::error::{CollectError, Result};
use crate::options::AccountSource;
use aws_config::profile::ProfileSet;
use aws_types::os_shim_internal::{Env, Fs};
use std::collections::HashSet;

/// Refuses a profile that no file defines, be it named outright or by `AWS_PROFILE`.
///
/// # Errors
/// An unknown profile, or files that cannot be read.
pub(crate) async fn check(source: &AccountSource) -> Result<()> {
    let Some(name) = chosen(source) else { return Ok(()) };
    // Nobody has to define this one.
    if name == "default" {
        return Ok(());
    }
    let profiles = load().await?;
    if profiles.get_profile(&name).is_some() {
        return Ok(());
    }
    let mut known: Vec<String> = profiles.profiles().map(str::to_owned).collect();
    known.sort();
    Err(CollectError::UnknownProfile { name, known })
}

/// Returns the profile, of those that a source goes through, whose role wants a code of a device, and the device:
/// the SDK asks nobody for one, and AWS only says that access is denied.
pub(crate) async fn multi_factor(source: &AccountSource) -> Option<(String, String)> {
    let mut name = chosen(source)?;
    let profiles = load().await.ok()?;
    let mut seen = HashSet::new();
    while seen.insert(name.clone()) {
        let profile = profiles.get_profile(&name)?;
        if let Some(serial) = profile.get("mfa_serial") {
            return Some((name, serial.to_owned()));
        }
        profile.get("source_profile")?.clone_into(&mut name);
    }
    None
}

/// Returns the profile that a source names, or that `AWS_PROFILE` names for it.
fn chosen(source: &AccountSource) -> Option<String> {
    match source {
        AccountSource::Profile(name) => Some(name.clone()),
        AccountSource::Default => std::env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty()),
        _ => None,
    }
}

async fn load() -> Result<ProfileSet> {
    #[expect(clippy::default_trait_access, reason = "its crate would be a dependency for its name")]
    let files = Default::default();
    aws_config::profile::load(&Fs::real(), &Env::real(), &files, None)
        .await
        .map_err(|error| CollectError::SharedConfiguration(Box::new(error)))
}
