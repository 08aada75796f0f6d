//! What the sandbox's accounts hold: pure data, items as they go over the wire.
//!
//! An item is a JSON object in AWS's lowerCamelCase; members that are not there stay absent. Lists
//! are answered in the order they have here.

use crate::generated::GeneratedResponses;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// All accounts, and the regions that exist.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    /// Accounts by their 12 digits.
    pub accounts: BTreeMap<String, Account>,
    /// The regions that `DescribeRegions` lists.
    pub regions: Vec<KnownRegion>,
    /// The account that may ask Organizations for its accounts.
    pub management_account: Option<String>,
    /// The organizational units; accounts of none lie under the root.
    pub organizational_units: Vec<OrganizationalUnit>,
}

/// An organizational unit of AWS Organizations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationalUnit {
    /// For example `ou-sand-production`.
    pub id: String,
    /// The name.
    pub name: String,
    /// The unit it lies in; the root where there is none.
    pub parent: Option<String>,
    /// The accounts directly in it.
    pub accounts: Vec<String>,
}

/// A region that exists, whether or not anything is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRegion {
    /// For example `eu-west-1`.
    pub name: String,
    /// Whether an account has to opt in before it can use the region.
    pub opt_in: bool,
}

/// An account: who may ask, and what it holds in each region.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// The name that Organizations knows.
    pub name: String,
    /// Long-lived keys.
    pub access_keys: Vec<AccessKey>,
    /// Roles that any caller of the sandbox may assume.
    pub roles: Vec<Role>,
    /// Opt-in regions that the account has enabled.
    pub opted_in: BTreeSet<String>,
    /// Resources by region; a region that is absent is empty.
    pub regions: BTreeMap<String, Region>,
}

/// A long-lived key of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// 20 characters that begin with `AKIA`.
    pub id: String,
    /// What requests are signed with.
    pub secret: String,
    /// The user whose ARN `GetCallerIdentity` answers.
    pub user: String,
}

/// A role that can be assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The name at the end of `arn:aws:iam::{account}:role/{name}`.
    pub name: String,
    /// The external id demanded, if one is.
    pub external_id: Option<String>,
}

/// What an account holds in a region.
#[derive(Debug, Clone, Default)]
pub struct Region {
    /// `GetApis`.
    pub apis: Vec<Api>,
    /// `GetDomainNames`.
    pub domain_names: Vec<DomainName>,
    /// `GetVpcLinks`.
    pub vpc_links: Vec<Value>,
}

/// An API and its children.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// The API itself; `apiId` and `protocolType` must be there.
    pub item: Value,
    /// `GetIntegrations`.
    pub integrations: Vec<Integration>,
    /// `GetRoutes`.
    pub routes: Vec<Route>,
    /// `GetStages`.
    pub stages: Vec<Value>,
    /// `GetDeployments`.
    pub deployments: Vec<Value>,
    /// `GetAuthorizers`.
    pub authorizers: Vec<Value>,
    /// `GetModels`.
    pub models: Vec<Value>,
}

/// An integration and its responses.
#[derive(Debug, Clone, Default)]
pub struct Integration {
    /// The integration itself; `integrationId` must be there.
    pub item: Value,
    /// `GetIntegrationResponses`.
    pub responses: Items,
}

/// A route and its responses.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// The route itself; `routeId` must be there.
    pub item: Value,
    /// `GetRouteResponses`.
    pub responses: Vec<Value>,
}

/// A custom domain name and its children.
#[derive(Debug, Clone, Default)]
pub struct DomainName {
    /// The domain name itself; `domainName` must be there.
    pub item: Value,
    /// `GetApiMappings`.
    pub api_mappings: Vec<Value>,
    /// `ListRoutingRules`.
    pub routing_rules: Vec<Value>,
}

/// A list of items: kept, or made when it is asked for.
#[derive(Debug, Clone)]
pub enum Items {
    /// Items as they are.
    Listed(Vec<Value>),
    /// Integration responses that take no memory until a page of them is answered.
    Generated(GeneratedResponses),
}

impl Default for Items {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Items {
    /// Returns how many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Listed(items) => items.len(),
            Self::Generated(generated) => generated.count,
        }
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the item at a place, counted from 0.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Cow<'_, Value>> {
        match self {
            Self::Listed(items) => items.get(index).map(Cow::Borrowed),
            Self::Generated(generated) => generated.item(index).map(Cow::Owned),
        }
    }
}

impl Inventory {
    /// Returns how many integration responses all accounts hold.
    #[must_use]
    pub fn integration_responses(&self) -> usize {
        self.accounts
            .values()
            .flat_map(|account| account.regions.values())
            .flat_map(|region| &region.apis)
            .flat_map(|api| &api.integrations)
            .map(|integration| integration.responses.len())
            .sum()
    }

    /// Returns what an account holds in a region, to change it; made where it is absent.
    pub fn region_mut(&mut self, account: &str, region: &str) -> &mut Region {
        self.accounts
            .entry(account.to_owned())
            .or_default()
            .regions
            .entry(region.to_owned())
            .or_default()
    }

    /// Returns whether an account can use a region.
    #[must_use]
    pub fn is_enabled(&self, account: &str, region: &str) -> bool {
        let Some(known) = self.regions.iter().find(|known| known.name == region) else {
            return false;
        };
        let account = self.accounts.get(account);
        !known.opt_in || account.is_some_and(|account| account.opted_in.contains(region))
    }
}

impl Region {
    /// Returns the API with an id.
    #[must_use]
    pub fn api(&self, api_id: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.item["apiId"] == api_id)
    }

    /// Returns the API with an id, to change it.
    pub fn api_mut(&mut self, api_id: &str) -> Option<&mut Api> {
        self.apis.iter_mut().find(|api| api.item["apiId"] == api_id)
    }

    /// Returns the domain name with a name.
    #[must_use]
    pub fn domain_name(&self, name: &str) -> Option<&DomainName> {
        self.domain_names.iter().find(|domain| domain.item["domainName"] == name)
    }
}

impl Api {
    /// Returns the integration with an id.
    #[must_use]
    pub fn integration(&self, integration_id: &str) -> Option<&Integration> {
        self.integrations
            .iter()
            .find(|integration| integration.item["integrationId"] == integration_id)
    }

    /// Returns the route with an id.
    #[must_use]
    pub fn route(&self, route_id: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.item["routeId"] == route_id)
    }

    /// Returns whether clients talk WebSocket with it.
    #[must_use]
    pub fn is_websocket(&self) -> bool {
        self.item["protocolType"] == "WEBSOCKET"
    }
}
