//! Which calls a fault befalls.

use super::Effect;

/// A fault and the calls it befalls; without conditions, all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRule {
    account: Option<String>,
    region: Option<String>,
    operation: Option<String>,
    parent: Option<String>,
    page: Option<u32>,
    nth: u64,
    times: Option<u64>,
    effect: Effect,
}

impl FaultRule {
    /// Returns a rule that befalls every call.
    #[must_use]
    pub fn new(effect: Effect) -> Self {
        Self {
            account: None,
            region: None,
            operation: None,
            parent: None,
            page: None,
            nth: 1,
            times: None,
            effect,
        }
    }

    /// Befalls calls of one account alone.
    #[must_use]
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Befalls calls signed for one region alone.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Befalls one operation alone, by its name in AWS's model, for example `GetRoutes`.
    #[must_use]
    pub fn operation(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Befalls calls with this id of an API, integration, route or domain name in their path.
    #[must_use]
    pub fn parent(mut self, id: impl Into<String>) -> Self {
        self.parent = Some(id.into());
        self
    }

    /// Befalls one page alone; the first is 1.
    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// Begins with the nth of the calls that meet all other conditions; the first is 1.
    #[must_use]
    pub fn nth(mut self, nth: u64) -> Self {
        self.nth = nth;
        self
    }

    /// Ends after so many calls were befallen.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    fn meets(&self, call: &Befallen<'_>) -> bool {
        let same = |wanted: &Option<String>, given: &str| match wanted {
            Some(wanted) => wanted == given,
            None => true,
        };
        same(&self.account, call.account)
            && same(&self.region, call.region)
            && same(&self.operation, call.operation)
            && self.page.is_none_or(|page| page == call.page)
            && self.parent.as_ref().is_none_or(|parent| call.parents.contains(parent))
    }
}

/// What rules look at in a call.
pub(crate) struct Befallen<'a> {
    pub(crate) account: &'a str,
    pub(crate) region: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) parents: &'a [String],
    pub(crate) page: u32,
}

/// Rules with their counts of calls met.
#[derive(Debug, Default)]
pub(crate) struct ArmedRules(Vec<(FaultRule, u64)>);

impl ArmedRules {
    pub(crate) fn new(rules: Vec<FaultRule>) -> Self {
        Self(rules.into_iter().map(|rule| (rule, 0)).collect())
    }

    /// Counts the call and returns the effects that befall it, in the order of the rules.
    pub(crate) fn befall(&mut self, call: &Befallen<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (rule, met) in &mut self.0 {
            if !rule.meets(call) {
                continue;
            }
            *met += 1;
            let ended = rule.times.is_some_and(|times| *met >= rule.nth + times);
            if *met >= rule.nth && !ended {
                effects.push(rule.effect.clone());
            }
        }
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_befalls_from_its_nth_call_as_often_as_it_says() {
        let mut rules = ArmedRules::new(vec![
            FaultRule::new(Effect::Denied).operation("GetApis").nth(2).times(2),
        ]);
        let call =
            |operation| Befallen { account: "1", region: "r", operation, parents: &[], page: 1 };
        assert!(rules.befall(&call("GetRoutes")).is_empty());
        let befallen: Vec<usize> = (0..5).map(|_| rules.befall(&call("GetApis")).len()).collect();
        assert_eq!(befallen, [0, 1, 1, 0, 0]);
    }
}
