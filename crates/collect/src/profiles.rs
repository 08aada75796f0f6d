//! The profiles of AWS's shared configuration files, to tell a misspelt one from one without credentials.

use crate::error::{CollectError, Result};
use crate::options::AccountSource;
use aws_types::os_shim_internal::{Env, Fs};

/// Refuses a profile that no file defines, be it named outright or by `AWS_PROFILE`.
///
/// # Errors
/// An unknown profile, or files that cannot be read.
pub(crate) async fn check(source: &AccountSource) -> Result<()> {
    let chosen = std::env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty());
    let name = match (source, chosen) {
        (AccountSource::Profile(name), _) => name.clone(),
        (AccountSource::Default, Some(name)) => name,
        _ => return Ok(()),
    };
    // Nobody has to define this one.
    if name == "default" {
        return Ok(());
    }
    #[expect(clippy::default_trait_access, reason = "its crate would be a dependency for its name")]
    let files = Default::default();
    let profiles = aws_config::profile::load(&Fs::real(), &Env::real(), &files, None)
        .await
        .map_err(|error| CollectError::SharedConfiguration(Box::new(error)))?;
    if profiles.get_profile(&name).is_some() {
        return Ok(());
    }
    let mut known: Vec<String> = profiles.profiles().map(str::to_owned).collect();
    known.sort();
    Err(CollectError::UnknownProfile { name, known })
}
