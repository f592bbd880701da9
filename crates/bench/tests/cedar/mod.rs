//! Our questions in the words of cedar: every binding is a policy linked from a template, every
//! group an entity below its parent, and a role an action that has its capabilities below it.

use std::collections::{HashMap, HashSet};

use bailiwick_bench::Question;
use bailiwick_domain::{Grant, Uidp};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicyId,
    PolicySet, Request, RestrictedExpression, SlotId, Template,
};

/// Everything cedar is given before it is asked, so that asking is all that is measured.
pub(crate) struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    request: Request,
}

impl Cedar {
    pub(crate) fn prepare(question: &Question) -> Self {
        let mut policies = PolicySet::new();
        for (number, grant) in question.grants.iter().enumerate() {
            bind(&mut policies, number, grant);
        }
        let now = RestrictedExpression::new_long(question.now.0);
        let context = Context::from_pairs([("now".to_owned(), now)]).unwrap();
        let request = Request::new(
            caller(),
            entity("Action", question.what.name()),
            group(&question.at),
            context,
            None,
        );
        Self {
            authorizer: Authorizer::new(),
            policies,
            entities: entities(question),
            request: request.unwrap(),
        }
    }

    pub(crate) fn allows(&self) -> bool {
        let answer = self
            .authorizer
            .is_authorized(&self.request, &self.policies, &self.entities);
        answer.decision() == Decision::Allow
    }
}

/// A template for each binding: an end cannot be filled into a slot.
fn bind(policies: &mut PolicySet, number: usize, grant: &Grant) {
    let ends = match grant.ends_at {
        None => String::new(),
        Some(end) => format!(" when {{ context.now < {} }}", end.0),
    };
    let text = format!(
        "permit(principal == ?principal, action in Action::\"{}\", resource in ?resource){ends};",
        role(number)
    );
    let template = PolicyId::new(format!("template {number}"));
    let parsed = Template::parse(Some(template.clone()), text).unwrap();
    policies.add_template(parsed).unwrap();
    let slots = HashMap::from([
        (SlotId::principal(), caller()),
        (SlotId::resource(), group(&grant.group)),
    ]);
    let linked = PolicyId::new(format!("binding {number}"));
    policies.link(template, linked, slots).unwrap();
}

/// The caller, the group with its ancestors, and the capability with the roles that it is in.
fn entities(question: &Question) -> Entities {
    let roles = question.grants.iter().enumerate();
    let roles: HashSet<EntityUid> = roles
        .filter(|(_, grant)| grant.capabilities.iter().any(|held| held == question.what))
        .map(|(number, _)| entity("Action", &role(number)))
        .collect();
    let way = [question.at.clone()]
        .into_iter()
        .chain(question.at.ancestors());
    let groups = way.map(|node| (group(&node), node.parent().as_ref().map(group)));
    let all = groups
        .map(|(node, parent)| Entity::new_no_attrs(node, parent.into_iter().collect()))
        .chain(roles.iter().cloned().map(leaf))
        .chain([
            leaf(caller()),
            Entity::new_no_attrs(entity("Action", question.what.name()), roles.clone()),
        ]);
    Entities::from_entities(all, None).unwrap()
}

fn leaf(uid: EntityUid) -> Entity {
    Entity::new_no_attrs(uid, HashSet::new())
}

fn role(number: usize) -> String {
    format!("role {number}")
}

fn caller() -> EntityUid {
    entity("Person", "caller")
}

fn group(uid: &Uidp) -> EntityUid {
    entity("Group", uid.as_str())
}

fn entity(kind: &str, id: &str) -> EntityUid {
    let kind: EntityTypeName = kind.parse().unwrap();
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}
