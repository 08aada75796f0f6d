//! The policy allows what a census calls, and nothing else.

use crate::witness::{API, options, payments};
use census_collect::{CollectOptions, Collector, Organization, RegionSelection};
use census_directory::Directory;
use census_sandbox::{Inventory, Sandbox, SandboxOptions};
use std::sync::Arc;

async fn policy(change: impl FnOnce(&mut CollectOptions)) -> String {
    let sandbox = Sandbox::start(SandboxOptions::new(Inventory::sample())).await.unwrap();
    let mut options = options(&sandbox, &[]);
    change(&mut options);
    let collector = Collector::new(options, Arc::new(Directory::builtin().clone())).unwrap();
    serde_json::to_string_pretty(&collector.policy()).unwrap()
}

#[tokio::test]
async fn every_list_of_every_dataset_is_allowed_in_the_regions_that_are_named() {
    insta::assert_snapshot!(policy(|_| ()).await, @r#"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "ApigatewayGET",
          "Effect": "Allow",
          "Action": [
            "apigateway:GET"
          ],
          "Resource": [
            "arn:aws:apigateway:us-east-1::/apis",
            "arn:aws:apigateway:us-east-1::/apis/*/authorizers",
            "arn:aws:apigateway:us-east-1::/apis/*/deployments",
            "arn:aws:apigateway:us-east-1::/apis/*/integrations",
            "arn:aws:apigateway:us-east-1::/apis/*/integrations/*/integrationresponses",
            "arn:aws:apigateway:us-east-1::/apis/*/models",
            "arn:aws:apigateway:us-east-1::/apis/*/routes",
            "arn:aws:apigateway:us-east-1::/apis/*/routes/*/routeresponses",
            "arn:aws:apigateway:us-east-1::/apis/*/stages",
            "arn:aws:apigateway:us-east-1::/domainnames",
            "arn:aws:apigateway:us-east-1::/domainnames/*/apimappings",
            "arn:aws:apigateway:us-east-1::/vpclinks"
          ]
        },
        {
          "Sid": "ApigatewayListRoutingRules",
          "Effect": "Allow",
          "Action": [
            "apigateway:ListRoutingRules"
          ],
          "Resource": [
            "arn:aws:apigateway:us-east-1:*:/domainnames/*/routingrules*"
          ]
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn an_organization_needs_its_accounts_and_roles() {
    let told = policy(|options| {
        options.datasets = vec![API.to_owned()];
        options.regions = RegionSelection::All;
        options.accounts.clear();
        options.organization = Some(Organization {
            base: payments(),
            role_name: "Reader".to_owned(),
            external_id: None,
            include: Vec::new(),
            exclude: Vec::new(),
        });
    });
    insta::assert_snapshot!(told.await, @r#"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "ApigatewayGET",
          "Effect": "Allow",
          "Action": [
            "apigateway:GET"
          ],
          "Resource": [
            "arn:aws:apigateway:*::/apis"
          ]
        },
        {
          "Sid": "Regions",
          "Effect": "Allow",
          "Action": [
            "ec2:DescribeRegions"
          ],
          "Resource": [
            "*"
          ]
        },
        {
          "Sid": "CallerListsAccounts",
          "Effect": "Allow",
          "Action": [
            "organizations:ListAccounts"
          ],
          "Resource": [
            "*"
          ]
        },
        {
          "Sid": "CallerAssumesRoles",
          "Effect": "Allow",
          "Action": [
            "sts:AssumeRole"
          ],
          "Resource": [
            "arn:aws:iam::*:role/Reader"
          ]
        }
      ]
    }
    "#);
}
