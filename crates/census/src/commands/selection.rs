//! What a census is taken of: the arguments that `collect` and `plan` share, over those of the configuration.

use crate::configuration::{CollectSection, MAXIMUM_RESERVE, OrganizationSection};
use census_collect::{AccountSource, CollectOptions, Organization, RegionSelection};
use census_directory::Directory;
use census_error::{Error, SqlState};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

/// Accounts, regions, datasets, and how gently.
#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct Selection {
    /// Regions, patterns such as eu-*, or all [default: the region that AWS's configuration names]
    #[arg(long, value_delimiter = ',', value_name = "all|R1,R2")]
    pub regions: Vec<String>,

    /// A profile of AWS's shared configuration; may be given several times
    #[arg(long = "profile", value_name = "PROFILE", value_parser = NonEmptyStringValueParser::new())]
    pub profiles: Vec<String>,

    /// A role to assume; may be given several times
    #[arg(long = "role-arn", value_name = "ARN")]
    pub role_arns: Vec<String>,

    /// The external id that the roles ask for
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub external_id: Option<String>,

    /// Every active account of the organization, by a role in each; the asking account with its own credentials
    #[arg(long)]
    pub organization: bool,

    /// The role in the organization's accounts [default: CensusReader]
    #[arg(long, value_name = "NAME", requires = "organization", value_parser = NonEmptyStringValueParser::new())]
    pub organization_role: Option<String>,

    /// Only the accounts below these organizational units
    #[arg(long, value_delimiter = ',', value_name = "OU1,OU2", requires = "organization", value_parser = NonEmptyStringValueParser::new())]
    pub include_ou: Vec<String>,

    /// Not the accounts below these organizational units
    #[arg(long, value_delimiter = ',', value_name = "OU1,OU2", requires = "organization", value_parser = NonEmptyStringValueParser::new())]
    pub exclude_ou: Vec<String>,

    /// Datasets, as aws.apigatewayv2_api or apigatewayv2_api [default: all]
    #[arg(long, value_delimiter = ',', value_name = "D1,D2")]
    pub datasets: Vec<String>,

    /// Share of API Gateway's quota that is left to the account's owner, in percent [default: 0]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=i64::from(MAXIMUM_RESERVE)))]
    pub reserve: Option<u8>,
}

impl Selection {
    /// Returns what the collector is to do; where the arguments are silent, the configuration speaks.
    ///
    /// # Errors
    /// 22023 for accounts, regions or datasets that cannot be, before anybody is asked.
    pub fn options(
        self,
        section: &CollectSection,
        directory: &Directory,
    ) -> Result<CollectOptions, Error> {
        let or = |given: Vec<String>, configured: &[String]| {
            if given.is_empty() { configured.to_vec() } else { given }
        };
        let is_explicit = !self.profiles.is_empty() || !self.role_arns.is_empty();
        let configured =
            section.organization.as_ref().filter(|_| !is_explicit || self.organization);
        let organization = (self.organization || configured.is_some()).then(|| {
            let configured = configured.cloned().unwrap_or_default();
            OrganizationSection {
                role: self.organization_role.clone().or(configured.role),
                external_id: self.external_id.clone().or(configured.external_id),
                include: or(self.include_ou.clone(), &configured.include),
                exclude: or(self.exclude_ou.clone(), &configured.exclude),
            }
        });
        let (profiles, role_arns) = if is_explicit {
            (self.profiles, self.role_arns)
        } else {
            (section.profiles.clone(), section.role_arns.clone())
        };
        let external_id = self.external_id.or_else(|| section.external_id.clone());
        let datasets = or(self.datasets, &section.datasets)
            .iter()
            .map(|name| dataset_id(directory, name))
            .collect::<Result<_, Error>>()?;
        let mut accounts = accounts(profiles, role_arns, external_id.as_deref())?;
        let organization = match organization {
            Some(section) => {
                Some(organization_of(section, std::mem::take(&mut accounts), external_id)?)
            }
            None => None,
        };
        Ok(CollectOptions {
            accounts,
            organization,
            regions: regions(or(self.regions, &section.regions))?,
            datasets,
            reserve_percent: self.reserve.or(section.reserve).unwrap_or(0),
            ..CollectOptions::default()
        })
    }
}

/// The organization is asked by one account: that of a profile, of a role, or of the default credentials.
fn organization_of(
    section: OrganizationSection,
    mut accounts: Vec<AccountSource>,
    external_id: Option<String>,
) -> Result<Organization, Error> {
    let (Some(base), true) = (accounts.pop(), accounts.is_empty()) else {
        return Err(Error::new(
            SqlState::InvalidParameterValue,
            "an organization is asked by one account, but several are given",
        )
        .with_hint(
            "Name the profile or role of its management account, or of a delegated administrator.",
        ));
    };
    Ok(Organization {
        base,
        role_name: section.role.unwrap_or_else(|| Organization::ROLE_NAME.to_owned()),
        external_id: section.external_id.or(external_id),
        include: section.include,
        exclude: section.exclude,
    })
}

/// One profile beside roles is who assumes them, as with `aws --profile`; roles alone are assumed by the default
/// credentials.
fn accounts(
    profiles: Vec<String>,
    role_arns: Vec<String>,
    external_id: Option<&str>,
) -> Result<Vec<AccountSource>, Error> {
    if role_arns.is_empty() {
        let sources: Vec<AccountSource> =
            profiles.into_iter().map(AccountSource::Profile).collect();
        return Ok(if sources.is_empty() { vec![AccountSource::Default] } else { sources });
    }
    let base = match profiles.as_slice() {
        [] => AccountSource::Default,
        [profile] => AccountSource::Profile(profile.clone()),
        several => {
            return Err(Error::new(
                SqlState::InvalidParameterValue,
                format!("roles are assumed by one profile, but {} are given", several.len()),
            )
            .with_hint("Collect the roles of each profile in a run of its own."));
        }
    };
    let assumed = |arn| AccountSource::Role {
        arn,
        external_id: external_id.map(str::to_owned),
        base: Box::new(base.clone()),
    };
    Ok(role_arns.into_iter().map(assumed).collect())
}

fn regions(names: Vec<String>) -> Result<RegionSelection, Error> {
    if names.is_empty() {
        return Ok(RegionSelection::Configured);
    }
    if names == ["all"] {
        return Ok(RegionSelection::All);
    }
    let is_name = |name: &str| {
        let is_letter =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '*';
        !name.is_empty() && name.chars().all(is_letter)
    };
    if let Some(name) = names.iter().find(|name| !is_name(name)) {
        return Err(Error::new(
            SqlState::InvalidParameterValue,
            format!("invalid region name \"{name}\""),
        )
        .with_hint(
            "Regions are named as in eu-west-1 or eu-*; all stands for every enabled one.",
        ));
    }
    if names.iter().any(|name| name == "all" || name.contains('*')) {
        // What is named beside all of them must be one of them.
        let pattern = |name: String| if name == "all" { "*".to_owned() } else { name };
        return Ok(RegionSelection::Matching(names.into_iter().map(pattern).collect()));
    }
    Ok(RegionSelection::Listed(names))
}

fn dataset_id(directory: &Directory, name: &str) -> Result<String, Error> {
    let name = if name.contains('.') { name.to_owned() } else { format!("aws.{name}") };
    let found = directory.dataset(&name).map_err(|error| {
        let error = Error::from(error);
        if error.hint().is_some() { error } else { error.with_hint("census directory lists them.") }
    });
    Ok(found?.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role_arn() -> Vec<String> {
        vec!["arn:aws:iam::1:role/r".to_owned()]
    }

    #[test]
    fn misspelt_region_is_refused_before_any_call() {
        let error = regions(vec!["EU West".to_owned()]).unwrap_err();
        assert_eq!(error.message(), "invalid region name \"EU West\"");
    }

    #[test]
    fn a_star_makes_a_pattern_of_all_that_is_named() {
        let names = vec!["eu-*".to_owned(), "us-east-1".to_owned()];
        assert_eq!(regions(names.clone()).unwrap(), RegionSelection::Matching(names));
    }

    #[test]
    fn what_is_named_beside_all_regions_is_looked_at_too() {
        let all = vec!["all".to_owned()];
        assert_eq!(regions(all).unwrap(), RegionSelection::All);
        let more = vec!["all".to_owned(), "eu-wset-1".to_owned()];
        let patterns = vec!["*".to_owned(), "eu-wset-1".to_owned()];
        assert_eq!(regions(more).unwrap(), RegionSelection::Matching(patterns));
    }

    #[test]
    fn one_profile_assumes_the_roles_given_beside_it() {
        let sources = accounts(vec!["audit".to_owned()], role_arn(), Some("id")).unwrap();
        let AccountSource::Role { base, external_id, .. } = &sources[0] else {
            panic!("expected a role, got {sources:?}");
        };
        assert_eq!(**base, AccountSource::Profile("audit".to_owned()));
        assert_eq!((external_id.as_deref(), sources.len()), (Some("id"), 1));
    }

    #[test]
    fn roles_are_not_assumed_by_several_profiles() {
        let profiles = vec!["audit".to_owned(), "prod".to_owned()];
        let error = accounts(profiles, role_arn(), None).unwrap_err();
        assert_eq!(error.message(), "roles are assumed by one profile, but 2 are given");
    }

    #[test]
    fn an_organization_is_asked_by_one_account() {
        let selection = |profiles: &[&str]| Selection {
            organization: true,
            profiles: profiles.iter().map(|&name| name.to_owned()).collect(),
            ..Selection::default()
        };
        let options = |profiles: &[&str]| {
            selection(profiles).options(&CollectSection::default(), Directory::builtin())
        };
        let one = options(&["root"]).unwrap();
        assert!(one.accounts.is_empty());
        assert_eq!(one.organization.unwrap().base, AccountSource::Profile("root".to_owned()));
        assert_eq!(
            options(&["a", "b"]).unwrap_err().message(),
            "an organization is asked by one account, but several are given"
        );
    }

    #[test]
    fn accounts_on_the_command_line_replace_the_configured_organization() {
        let section = CollectSection {
            organization: Some(OrganizationSection::default()),
            ..CollectSection::default()
        };
        let selection = Selection { profiles: vec!["a".to_owned()], ..Selection::default() };
        let options = selection.options(&section, Directory::builtin()).unwrap();
        assert_eq!(options.accounts, [AccountSource::Profile("a".to_owned())]);
        assert!(options.organization.is_none());
        let options = Selection::default().options(&section, Directory::builtin()).unwrap();
        assert_eq!(options.organization.unwrap().role_name, "CensusReader");
    }

    #[test]
    fn dataset_may_leave_out_its_schema() {
        let directory = Directory::builtin();
        assert_eq!(dataset_id(directory, "apigatewayv2_api").unwrap(), "aws.apigatewayv2_api");
        assert!(dataset_id(directory, "apigatewayv2_apo").is_err());
    }
}
