//! Where one is, for the frame round the pages: the breadcrumb and the organization.

use bailiwick_domain::Uidp;
use leptos::prelude::*;

use crate::ui::crumbs::Crumb;

/// Written by the page, drawn by the shell; in context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The breadcrumb.
    pub(crate) way: RwSignal<Vec<Crumb>>,
    /// The organization that one is in, with its name.
    pub(crate) org: RwSignal<Option<(Uidp, String)>>,
}

impl Place {
    /// Provides it to the views.
    pub(crate) fn provide() -> Self {
        let place = Self {
            way: RwSignal::default(),
            org: RwSignal::new(None),
        };
        provide_context(place);
        place
    }

    /// A page outside the organizations, by its name.
    pub(crate) fn outside(self, name: &str) {
        self.org.set(None);
        self.way.set(vec![Crumb {
            name: name.to_owned(),
            href: None,
        }]);
    }
}

/// The place that `app` provides.
pub(crate) fn use_place() -> Place {
    expect_context()
}
