//! Where one is, for the frame round the pages: the breadcrumb and the organization.

use bailiwick_api::Group;
use bailiwick_domain::Uidp;

use crate::reactive::provide_context;
use crate::state::{RwSignal, shared};

/// One step of the way from the top to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// As it is called.
    pub(crate) name: String,
    /// The group; `None` for a page that is none.
    pub(crate) uid: Option<Uidp>,
    /// Whether one may open it.
    pub(crate) may_open: bool,
}

/// The breadcrumb, and the organization that one is in with its name.
#[derive(Debug, Clone, Default)]
struct Whereabouts {
    way: Vec<Step>,
    org: Option<(Uidp, String)>,
}

/// Written by the page, drawn by the shell; in context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place(RwSignal<Whereabouts>);

impl Place {
    /// Provides it to the views.
    pub(crate) fn provide() {
        provide_context(Self(RwSignal::default()));
    }

    /// A page outside the organizations, by its name.
    pub(crate) fn outside(self, name: &str) {
        let way = vec![page(name)];
        self.0.set(Whereabouts { way, org: None });
    }

    /// A group of an organization. `may_open` tells which groups one may open.
    pub(crate) fn inside(self, org: Uidp, group: &Group, may_open: impl Fn(&Uidp) -> bool) {
        let step = |uid: &Uidp, name: &str| Step {
            name: name.to_owned(),
            may_open: may_open(uid),
            uid: Some(uid.clone()),
        };
        let above = group.path.iter().map(|above| step(&above.uid, &above.name));
        let way: Vec<Step> = above.chain([step(&group.uid, &group.name)]).collect();
        let name = way
            .first()
            .map(|step| step.name.clone())
            .unwrap_or_default();
        self.0.set(Whereabouts {
            way,
            org: Some((org, name)),
        });
    }

    /// A page of an organization, by both names.
    pub(crate) fn part(self, org: &Uidp, name: &str, part: &str) {
        self.lost(org.clone(), Some(name.to_owned()));
        self.0.update(|here| {
            here.way.pop();
            here.way.push(page(part));
        });
    }

    /// A place in an organization that is not there; the organization's name, if it is known.
    pub(crate) fn lost(self, org: Uidp, name: Option<String>) {
        let top = name.clone().map(|name| Step {
            name,
            uid: Some(org.clone()),
            may_open: true,
        });
        let way = top.into_iter().chain([page("Not found")]).collect();
        self.0.set(Whereabouts {
            way,
            org: name.map(|name| (org, name)),
        });
    }

    /// The breadcrumb. Tracked.
    pub(crate) fn way(self) -> Vec<Step> {
        self.0.with(|here| here.way.clone())
    }

    /// The organization. Tracked.
    pub(crate) fn org(self) -> Option<(Uidp, String)> {
        self.0.with(|here| here.org.clone())
    }

    /// The group that the page is about. Tracked.
    pub(crate) fn group(self) -> Option<(Uidp, String)> {
        self.0.with(|here| {
            let last = here.way.last()?;
            Some((last.uid.clone()?, last.name.clone()))
        })
    }
}

fn page(name: &str) -> Step {
    Step {
        name: name.to_owned(),
        uid: None,
        may_open: false,
    }
}

/// The place that `app` provides.
pub(crate) fn use_place() -> Place {
    shared()
}
