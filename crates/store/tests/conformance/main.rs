//! What every store must do, whatever database is under it. A behaviour is a function over a
//! [`TestStore`](bailiwick_testkit::TestStore); the list at the end runs all of them on each.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bindings;
mod changes;
mod checks;
mod clients;
mod crash;
mod devices;
mod expiry;
mod explain;
mod groups;
mod invites;
mod invites_accept;
mod invites_list;
mod once;
mod opening;
mod outbox;
mod owners;
mod people;
mod raw;
mod rebinding;
mod rights;
mod roles;
mod sequences;
mod sessions;
mod step_up;
mod trail;
mod visible;

/// Runs the behaviours on the stores that `$open` makes.
macro_rules! run {
    ($backend:ident, $open:expr, $($subject:ident: $($behaviour:ident,)+;)+) => {
        mod $backend {
            $(mod $subject {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $behaviour() {
                    crate::$subject::$behaviour(&$open.await).await;
                })+
            })+
        }
    };
}

/// The list.
macro_rules! conformance {
    ($backend:ident, $open:expr) => {
        run! { $backend, $open,
            once:
                of_fifty_redemptions_of_a_code_one_wins,
                of_fifty_callbacks_one_takes_the_login,
                a_login_is_for_its_browser_and_its_provider,
                a_wrong_challenge_spends_the_code_and_another_client_does_not,
            ;
            clients:
                a_request_is_decided_once_by_whoever_looked_first,
                a_request_is_dead_at_its_instant,
                a_client_that_asks_for_a_recent_sign_in_waits_for_one,
                of_fifty_redemptions_one_wins_and_its_grant_ends,
                a_code_is_for_its_client_address_and_verifier,
                of_fifty_refreshes_at_most_one_wins_and_the_family_is_dead,
                a_refresh_token_of_another_client_ends_the_family,
                rotation_does_not_move_the_end_of_a_family,
                who_may_not_sign_in_any_more_gets_nothing,
                nobody_ends_a_grant_of_somebody_else,
                no_secret_of_a_client_is_kept,
                a_new_key_signs_and_the_old_one_stays_as_long_as_its_tokens,
                what_a_device_signed_in_holds_nothing_where_that_is_off,
            ;
            devices:
                under_fifty_polls_a_device_is_signed_in_once,
                who_approves_a_device_is_told_by_mail_once,
                of_two_who_race_for_a_code_one_has_it,
                a_code_is_decided_by_whoever_looked_first_and_once,
                who_asks_too_soon_waits_longer_for_good,
                a_device_code_is_dead_at_its_instant,
                approving_takes_a_recent_sign_in_and_denying_does_not,
                another_client_gets_nothing_of_a_device,
                each_step_of_a_device_survives_a_restart,
                an_address_has_a_hundred_waiting_devices_and_no_more,
                a_device_and_its_code_are_kept_as_hashes,
            ;
            expiry:
                a_code_is_dead_at_its_instant,
                a_login_is_dead_at_its_instant,
                a_binding_is_dead_at_its_instant,
                a_right_that_ends_while_its_write_waits_for_its_turn_is_dead,
            ;
            changes:
                a_preview_is_what_happens,
                owners_are_exchanged_in_one_go,
                a_preview_is_good_until_somebody_else_writes,
                who_may_not_do_it_is_told_so_and_nothing_else,
                a_person_is_removed_with_all_they_hold_below,
            ;
            explain:
                explain_decides_as_every_check_does_and_its_remedy_works,
                the_least_role_is_the_one_that_gives_least,
                who_could_help_is_named_to_those_who_may_see_people,
                a_binding_says_who_made_it_and_what_is_above_stays_covered,
                an_end_and_a_suspension_are_reasons,
                everyone_who_may_is_found_page_by_page,
            ;
            people:
                everyone_is_listed_once_with_what_they_hold,
                who_sees_a_folder_sees_who_holds_something_there,
                a_binding_that_has_ended_makes_nobody_a_member,
                pages_of_people_follow_one_another_by_name,
                who_was_only_bound_by_others_has_no_name_to_find,
                who_has_not_been_seen_for_long_is_found,
                a_filter_by_role_and_by_ids_finds_these_people,
            ;
            sessions:
                an_unused_session_ends_at_its_instant,
                a_used_session_ends_at_its_absolute_end,
                last_seen_is_written_at_most_once_a_minute_and_only_forward,
                an_ended_session_is_dead_and_ends_alone,
                a_suspended_person_has_no_session,
                a_second_sign_in_renews_the_person_and_not_the_id,
                ones_own_sessions_are_listed_with_where_they_are,
                one_ends_ones_own_sessions_and_nobody_elses,
                all_others_end_and_the_one_that_asks_stays,
                without_their_provider_nobody_has_a_session_or_a_grant,
            ;
            step_up:
                an_owner_is_made_after_a_recent_sign_in_alone,
                an_organization_is_deleted_after_a_recent_sign_in_alone,
                a_preview_takes_no_recent_sign_in_and_making_it_does,
                what_makes_no_owner_takes_no_recent_sign_in,
            ;
            groups:
                of_fifty_siblings_of_one_name_one_is_made,
                of_fifty_siblings_renamed_alike_one_has_the_name,
                a_name_is_free_elsewhere_and_again_after_deletion,
                folders_nest_to_the_limit_and_no_deeper,
                a_group_that_is_not_empty_names_ten_and_counts_the_rest,
                deleting_a_group_takes_its_bindings_with_it,
                nothing_is_made_in_a_folder_that_is_being_deleted,
                an_update_changes_what_it_names_and_no_more,
            ;
            rights:
                what_is_not_seen_is_not_found,
                what_is_seen_but_not_allowed_names_the_capability,
                a_right_that_was_taken_away_is_gone_at_once,
                organizations_are_made_where_that_is_open_and_belong_to_their_maker,
            ;
            bindings:
                who_is_bound_holds_it_and_who_is_unbound_does_not,
                nobody_binds_what_they_do_not_hold_there,
                nobody_takes_what_they_do_not_hold_themselves,
                no_grant_outlives_the_hold_of_who_gives_it,
                a_binding_that_makes_no_sense_is_refused,
                the_same_binding_twice_is_one,
                removing_what_is_not_there_is_no_write,
                binding_a_stranger_does_not_tell_who_they_are,
                the_deepest_group_has_bindings_too,
                a_subtree_goes_with_all_that_is_in_it,
            ;
            rebinding:
                a_changed_binding_gives_the_new_role_until_the_new_end,
                a_change_that_makes_no_sense_is_refused,
                nobody_changes_what_they_do_not_hold_before_or_after,
                the_last_owner_neither_steps_down_nor_gets_an_end,
                of_two_owners_who_demote_each_other_at_once_one_stays,
                of_several_bindings_all_are_made_or_none,
            ;
            roles:
                a_custom_role_gives_what_it_holds_and_what_it_will_hold,
                nobody_makes_or_changes_a_role_beyond_their_reach,
                a_role_is_seen_where_it_can_be_bound_and_nowhere_else,
                a_role_is_bound_at_its_group_and_below,
                a_role_that_makes_no_sense_is_refused,
                an_organization_has_five_hundred_roles_and_no_more,
                a_role_that_somebody_has_is_not_deleted,
                the_last_owner_by_a_custom_role_stays_one,
                a_write_for_another_state_is_refused,
            ;
            owners:
                the_last_owner_does_not_leave,
                of_two_owners_who_remove_each_other_at_once_one_stays,
                who_cannot_sign_in_is_no_owner,
                the_host_makes_organizations_and_owners,
                an_organization_without_an_owner_can_still_be_worked_in,
                who_is_suspended_is_gone_at_the_next_request,
                an_owner_invite_is_kept_as_a_hash,
            ;
            invites:
                an_invite_is_kept_as_a_hash_and_its_key_opens_nothing,
                nobody_invites_to_what_they_could_not_bind,
                a_mailbox_is_invited_to_a_role_once,
                a_batch_answers_every_address_in_its_order,
                a_new_code_kills_the_old_one,
                renewing_takes_what_inviting_takes,
                a_revoked_invite_is_dead_at_once,
                a_group_takes_its_invites_along,
            ;
            invites_accept:
                who_accepts_holds_the_role_and_is_known,
                of_two_hundred_who_accept_at_once_one_wins,
                a_link_for_many_takes_everyone_once,
                an_invite_is_dead_at_its_instant,
                only_the_mailbox_that_is_meant_may_accept,
                who_holds_it_already_uses_nothing_up,
                an_inviter_who_could_not_invite_today_invites_nobody,
                declining_closes_what_is_for_one,
                a_role_that_is_gone_gives_nothing,
                the_host_invites_the_first_owner,
                looking_at_an_invite_changes_nothing,
            ;
            invites_list:
                a_list_of_invites_holds_what_single_checks_allow,
                an_invite_is_listed_by_what_has_become_of_it,
                filters_and_orders_narrow_a_list_of_invites,
                what_is_over_for_a_month_is_forgotten,
            ;
            outbox:
                a_mail_waits_from_the_very_transaction_of_its_invite,
                a_mail_is_taken_by_one_and_by_another_when_the_lease_is_over,
                what_was_not_sent_waits_longer_each_time_and_is_given_up_after_a_day,
                a_code_stands_in_the_outbox_until_it_is_sent_and_no_longer,
                a_recipient_gets_ten_mails_in_ten_minutes_and_the_rest_wait,
                what_nobody_can_accept_is_not_sent,
                a_new_code_is_sent_and_the_old_one_has_words_of_its_own,
            ;
            sequences:
                nobody_rises_above_a_writer_and_nobody_above_them_falls,
            ;
            crash:
                what_was_acknowledged_survives_kill_nine,
            ;
            checks:
                a_check_answers_what_the_operation_would,
                who_is_suspended_may_do_nothing,
                a_hundred_questions_are_answered_in_their_order,
            ;
            trail:
                rows_are_numbered_without_gaps_in_each_organization,
                a_refused_write_leaves_its_row_and_nothing_else,
                every_write_counts_one_revision_and_tells_who_what_and_under_which_request,
                a_session_leaves_rows_and_no_secret,
            ;
            visible:
                a_list_holds_what_single_checks_allow,
                a_list_of_bindings_holds_what_single_checks_allow,
                a_search_finds_parts_of_names_and_nothing_by_wildcards,
                who_is_in_a_thousand_organizations_sees_them_all,
                the_total_is_exact_to_ten_thousand_and_absent_above,
            ;
            opening:
                a_development_database_is_never_served_otherwise,
                another_database_is_never_served_for_development,
                a_newer_schema_is_refused,
                what_was_written_is_there_after_reopening,
                every_start_finds_the_same_keys,
                the_example_fills_an_empty_database_only,
            ;
        }
    };
}

conformance!(sqlite, bailiwick_testkit::TestStore::sqlite());
conformance!(postgres, bailiwick_testkit::TestStore::postgres());
