//! Where one is, for the frame round the pages: the breadcrumb and the organization.

use bailiwick_domain::Uidp;
use leptos::prelude::*;

use crate::ui::crumbs::Crumb;

/// The breadcrumb, and the organization that one is in with its name.
#[derive(Debug, Clone, Default)]
struct Whereabouts {
    way: Vec<Crumb>,
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
        let way = vec![Crumb {
            name: name.to_owned(),
            href: None,
        }];
        self.0.set(Whereabouts { way, org: None });
    }

    /// A place in an organization.
    pub(crate) fn inside(self, org: Uidp, name: String, way: Vec<Crumb>) {
        self.0.set(Whereabouts {
            way,
            org: Some((org, name)),
        });
    }

    /// The breadcrumb, tracked.
    pub(crate) fn way(self) -> Vec<Crumb> {
        self.0.with(|here| here.way.clone())
    }

    /// The organization, tracked.
    pub(crate) fn org(self) -> Option<(Uidp, String)> {
        self.0.with(|here| here.org.clone())
    }
}

/// The place that `app` provides.
pub(crate) fn use_place() -> Place {
    expect_context()
}
