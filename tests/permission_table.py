"""Every address of the hub and what each kind of person gets there. One line an address.

The columns: visitor, attendee, another attendee, organiser, organiser of another group, access lead of the group,
named contact of the group, administrator; and the co-organiser of a group of places, who has no word in the table: they
get what any attendee gets, and what CO_ORGANISER says. Pages opened by a signed link belong to whoever holds the link, so
they read "ok" throughout; that another link, a cut one or a revoked one opens nothing is tested with those pages.

GET is asked with GET, POST (the address takes nothing else) with an empty form. Where a page is not for someone, posting
to it must be refused in the same way, which the test tries too.

ok 200 · in redirect to sign-in · to another redirect · no 404
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from breakouts.models import Host
from events.fresh_links import FreshLink
from events.short_codes import code_of
from learning.links import SPACING
from tests.learning.factories import key_of

COLUMNS = (
    "visitor",
    "attendee",
    "other_attendee",
    "organiser",
    "other_organiser",
    "access_lead",
    "named_contact",
    "administrator",
    "co_organiser",
)

Argument = Callable[[Any], object]


def token(world: Any) -> str:
    return world.registration.token


def slug(world: Any) -> str:
    return world.event.slug


def group(world: Any) -> str:
    return world.group.slug


def reference(world: Any) -> str:
    return world.registration.reference


def request(world: Any) -> int:
    return world.request.pk


def topic(world: Any) -> int:
    return world.topic.pk


def own_form(world: Any) -> int:
    return world.draft.feedback_form.pk


def own_question(world: Any) -> int:
    return world.draft.feedback_form.questions.asked()[0].pk


def proposal(world: Any) -> int:
    return world.proposals[0].pk


def host(world: Any) -> int:
    return world.topic.hosts.get().pk


def question(world: Any) -> int:
    return world.question.pk


def paper(world: Any) -> int:
    return world.paper.pk


def letter(world: Any) -> int:
    """One that is held."""
    return world.letter.pk


def past(world: Any) -> str:
    return world.past.slug


def text(world: Any) -> object:
    """Something people wrote, which organisers may read."""
    return world.feedback.texts.filter(is_released=True)[0].pk


def learning_page(world: Any) -> str:
    return world.learning_page.slug


def feed_form(world: Any) -> str:
    return "json"


def surgery(world: Any) -> str:
    return world.surgery.code


def asked(world: Any) -> str:
    return key_of(world.surgery, "What was answered?")


ARGUMENTS: dict[str, tuple[Argument, ...]] = {
    "breakouts:topic": (slug, topic),
    "breakouts:adoption": (slug, topic),
    "breakouts:adoption_sent": (slug, topic),
    "breakouts:host_link": (lambda world: world.host_link.token_for(Host.TO_HAND_OVER),),
    "breakouts:host_answer": (lambda world: world.host_asked.token,),
    "breakouts:host_confirmation": (lambda world: world.host_offer.token,),
    "breakouts:host_material": (lambda world: world.host.token, lambda world: world.material.pk),
    "breakouts:host_material_removal": (lambda world: world.host.token, lambda world: 0),
    "breakouts:host_mistake": (lambda world: world.host_offer.token,),
    "breakouts:room_material": (token, lambda world: world.material.pk),
    "concerns:tell": (group,),
    "breakouts:help_guide": (slug, lambda world: "notes"),
    "breakouts:helper": (lambda world: world.helper.token,),
    "breakouts:helper_confirmation": (lambda world: world.helper_offer.token,),
    "breakouts:helper_departure": (lambda world: world.helper.token,),
    "breakouts:helper_mistake": (lambda world: world.helper_offer.token,),
    "breakouts:helper_place": (lambda world: world.helper.token,),
    "breakouts:helper_again": (lambda world: world.helper.token,),
    "breakouts:ask_again": (lambda world: world.asked_again.token,),
    "breakouts:helper_notes": (lambda world: world.helper.token,),
    "breakouts:host_notes": (lambda world: world.topic.hosts.get().token,),
    "events:access_agreement": (token, lambda world: world.request.needs.get().pk),
    "learning:certificate": (lambda world: world.graduated.token,),
    "learning:no_prompts": (lambda world: world.graduated.token_for(SPACING),),
    "organise:graduation": (lambda world: world.graduated.event.slug,),
    "organise:graduation_csv": (lambda world: world.graduated.event.slug,),
    "icon": (lambda world: 180,),
    "events:group": (group,),
    "events:event_feed_as": (slug, feed_form),
    "events:feed_as": (feed_form,),
    "events:group_feed": (group,),
    "events:group_feed_as": (group, feed_form),
    "events:embedded_group": (group,),
    "events:suggestion": (lambda world: world.suggestion_unconfirmed.token,),
    "events:suggestion_mistake": (lambda world: world.suggestion_unconfirmed.token,),
    "events:suggestion_new": (group,),
    "events:suggestion_sent": (group,),
    "organise:suggestions": (group,),
    "organise:suggestion_refusal": (group, lambda world: world.suggestion.pk),
    "organise:suggestion_taking": (group, lambda world: world.suggestion_taken.pk),
    "events:embedded_tag": (lambda world: "allyship",),
    "events:join": (lambda world: world.registration.join_token,),
    "events:meeting": (lambda world: world.registration.join_token,),
    "events:way_in": (lambda world: world.registration.join_token,),
    "events:month": (lambda world: 2026, lambda world: 5),
    "events:no_news": (lambda world: world.registration.news_token,),
    "events:paper": (token, paper),
    "events:personal_feed": (lambda world: world.feed.token,),
    "events:picture": (lambda world: world.picture,),
    "events:attendance": (token, lambda world: 1),
    "events:date": (token, lambda world: 1),
    "events:session_ics": (slug, lambda world: 1),
    "events:small_picture": (lambda world: world.picture,),
    "events:series": (lambda world: "socials",),
    "events:series_feed": (lambda world: "socials",),
    "events:series_feed_as": (lambda world: "socials", feed_form),
    "events:tag_feed": (lambda world: "allyship",),
    "events:tag_feed_as": (lambda world: "allyship", feed_form),
    "events:venue": (lambda world: "mill",),
    "organise:access_answer": (slug, request, lambda world: world.request.needs.get().pk),
    "organise:access_message": (slug, request),
    "organise:access_offer": (slug, request),
    "organise:access_request": (slug, request),
    "organise:access_request_opening": (slug, request),
    "organise:group_decision": (group,),
    "feedback:done": (past,),
    "feedback:screen": (lambda world: world.feedback.room_code,),
    "feedback:screen_sent": (lambda world: world.feedback.room_code,),
    "feedback:answer": (lambda world: world.link.token,),
    "feedback:answer_sent": (lambda world: world.link_used.token,),
    "feedback:no_reminder": (lambda world: world.link.token,),
    "feedback:thanks": (lambda world: world.seated.token,),
    "feedback:quote_new": (past,),
    "feedback:quote": (lambda world: world.quote.token,),
    "feedback:quote_withdrawal": (lambda world: world.quote.token,),
    "feedback:story": (group,),
    "organise:quotes": (past,),
    "organise:quote_approval": (past, lambda world: world.quote.pk),
    "organise:quote_removal": (past, lambda world: world.quote.pk),
    "organise:story_edit": (group,),
    "organise:feedback": (past,),
    "organise:feedback_csv": (past,),
    "organise:feedback_form": (group,),
    "organise:feedback_form_new": (group,),
    "organise:feedback_hiding": (past, text),
    "organise:feedback_showing": (past, text),
    "organise:feedback_text": (past, text),
    "organise:attendance_ending": (slug, lambda world: 1),
    "organise:attendance_on": (slug, lambda world: 1),
    "organise:helper_removal": (slug, lambda world: world.helper.pk),
    "organise:helper_room": (slug, lambda world: world.helper.pk),
    "organise:host_removal": (slug, topic, host),
    "organise:hub_page": (lambda world: world.page.slug,),
    "organise:hub_part": (lambda world: "community",),
    "organise:invitation_withdrawal": (group, lambda world: world.invitation.pk),
    "organise:list_act": (slug, lambda world: world.list_act.pk),
    "organise:list_act_undoing": (slug, lambda world: world.list_act.pk),
    "organise:calendar_import_new": (group,),
    "organise:calendar_import": (group, lambda world: world.calendar_import.pk),
    "organise:calendar_import_end": (group, lambda world: world.calendar_import.pk),
    "organise:people_import": (slug, lambda world: world.people_import.pk),
    "organise:people_import_beginning": (slug, lambda world: world.people_import.pk),
    "organise:people_import_portion": (slug, lambda world: world.people_import.pk),
    "organise:people_import_end": (slug, lambda world: world.people_import.pk),
    "organise:letter": (slug, letter),
    "organise:letter_departure": (slug, letter),
    "organise:letter_frame": (slug, letter),
    "organise:letter_removal": (slug, letter),
    "organise:letter_return": (slug, letter),
    "organise:message_again": (slug, lambda world: world.mail.pk),
    "organise:group_message_again": (group, lambda world: world.mail.pk),
    "organise:notes_part": (slug, lambda world: world.topic.pk),
    "organise:event_paper": (slug, paper),
    "organise:event_paper_file": (slug, paper),
    "organise:event_paper_removal": (slug, lambda world: 0),
    "organise:registration": (slug, reference),
    "events:by_code": (lambda world: code_of(world.without_email),),
    "organise:registration_answer": (slug, reference),
    "events:invited": (lambda world: world.invited.token,),
    "events:invited_forgetting": (lambda world: world.invited.token,),
    "organise:invitation_to_event_withdrawal": (slug, lambda world: world.used_invitation.pk),
    "organise:code_leak": (slug, lambda world: world.co_organiser.quota_id),
    "events:co_organiser": (lambda world: world.co_organiser.token,),
    "organise:co_organiser_ending": (slug, lambda world: world.co_organiser.pk),
    "organise:registration_erasure": (slug, lambda world: world.without_email.reference),
    "organise:registration_paper": (slug, lambda world: world.without_email.reference),
    "organise:registration_told": (slug, reference),
    "organise:registration_link": (slug, reference),
    "organise:registration_removal": (slug, reference),
    "organise:role_removal": (group, lambda world: world.membership.pk),
    "organise:second_step_reset": (group, lambda world: world.people["access_lead"].pk),
    "organise:take_out": (slug, lambda world: world.take_out.pk),
    "organise:topic_acceptance": (slug, lambda world: world.proposals[1].pk),
    "organise:topic_co_host": (slug, topic, host),
    "organise:venue": (lambda world: "mill",),
    "learning:picture": (lambda world: world.picture,),
    "organise:learning_picture": (learning_page, lambda world: 1),
    "organise:learning_picture_removal": (learning_page, lambda world: 1),
    "organise:enquiry_removal": (group, lambda world: world.enquiry.pk),
    "people:invitation": (lambda world: world.invitation.get_absolute_url().split("/")[2],),
    "people:no_password": (lambda world: "reset/",),
    "people:page": (lambda world: world.page.slug,),
    "people:second_step_reset_stop": (lambda world: world.reset.token,),
    "people:login_end": (lambda world: 0,),
    "people:role_end": (lambda world: world.membership.pk,),
}
# Of somebody else: it would take away what the two links agree to.
ARGUMENTS["events:address_ending"] = (lambda world: world.seated.token,)
for page in ("activity", "activity_order", "activity_removal"):
    ARGUMENTS[f"organise:{page}"] = (slug, lambda world: 1)
ARGUMENTS["learning:workbook_page"] = (token, lambda world: 1)
ARGUMENTS["learning:workbook_version"] = (token, lambda world: 1)
ARGUMENTS["events:address_new"] = (lambda world: world.registration.address_change.token,)
ARGUMENTS["events:address_old"] = (lambda world: world.registration.address_change.old_token,)
for page in ("fresh", "fresh_mistake"):
    ARGUMENTS[f"events:{page}"] = (lambda world: FreshLink(world.registration, timezone.now()).token,)
for page in (
    "host",
    "host_again",
    "host_co_host",
    "host_departure",
    "host_ics",
    "host_materials",
    "host_place",
    "host_prompts",
):
    ARGUMENTS[f"breakouts:{page}"] = (lambda world: world.host.token,)
for page in ("proposal", "proposal_words", "proposal_withdrawal"):
    ARGUMENTS[f"breakouts:{page}"] = (lambda world: world.proposer.token,)
for page in ("proposal_confirmation", "proposal_mistake"):
    ARGUMENTS[f"breakouts:{page}"] = (lambda world: world.proposer_unconfirmed.token,)
for page in ("question", "question_refusal", "question_withdrawal"):
    ARGUMENTS[f"organise:{page}"] = (slug, question)
for page in (
    "concerns",
    "kept_out",
    "kept_out_new",
    "group",
    "group_edit",
    "group_messages",
    "members",
    "event_new",
    "venue_new",
):
    ARGUMENTS[f"organise:{page}"] = (group,)
for page in ("kept_out_one", "kept_out_opening", "kept_out_until", "kept_out_ending"):
    ARGUMENTS[f"organise:{page}"] = (group, lambda world: world.kept_out.pk)
ARGUMENTS["organise:publication_later"] = (lambda world: world.draft.slug,)
ARGUMENTS["organise:kept_out_answer"] = (group, lambda world: world.kept_out.pk, reference)
for page in ("concern", "concern_answer", "concern_closing", "concern_opening"):
    ARGUMENTS[f"organise:{page}"] = (group, lambda world: world.concern.pk)
for page in ("topic", "topic_folding", "topic_host", "topic_host_link", "topic_order", "topic_words"):
    ARGUMENTS[f"organise:{page}"] = (slug, topic)
for page in ("action_taken_new", "actions_taken", "actions_taken_mail", "actions_taken_publication"):
    ARGUMENTS[f"organise:{page}"] = (past,)
for page in ("action_taken", "action_taken_back", "action_taken_end", "action_taken_order"):
    ARGUMENTS[f"organise:{page}"] = (past, lambda world: world.action_taken.pk)
for page in ("feedback_form_own", "feedback_form_end", "feedback_form_preview", "feedback_question_new"):
    ARGUMENTS[f"organise:{page}"] = (group, own_form)
for page in ("feedback_question", "feedback_question_end", "feedback_question_order"):
    ARGUMENTS[f"organise:{page}"] = (group, own_form, own_question)
ARGUMENTS["learning:pledge_share_ending"] = (token, lambda world: "programme")
ARGUMENTS["learning:check_in"] = (token, lambda world: 3)
ARGUMENTS["learning:programme_pledge_picture"] = (token, lambda world: world.pledge.code)
ARGUMENTS["learning:group_pledges"] = (group,)
ARGUMENTS["learning:pledge_picture"] = (lambda world: world.pledge.code,)
for page in ("pledge_use", "pledge_picture"):
    ARGUMENTS[f"organise:{page}"] = (slug, lambda world: world.pledge.code)
ARGUMENTS["organise:pledge_reply"] = (slug, lambda world: world.pledge.check_ins.get(months=6).pk)
ARGUMENTS["organise:pledge_taken_out"] = (slug, lambda world: world.pledge_use.pk)
for page in ("topic_aside", "topic_change", "topic_merging", "topic_refusal"):
    ARGUMENTS[f"organise:{page}"] = (slug, proposal)
for page in ("page", "clear_words", "get_in_touch", "get_in_touch_sent"):
    ARGUMENTS[f"learning:{page}"] = (learning_page,)
for page in ("page", "page_preview", "page_taking_back", "page_look", "pictures", "history"):
    ARGUMENTS[f"organise:learning_{page}"] = (learning_page,)
for page in ("answer", "pointers", "answers"):
    ARGUMENTS[f"learning:{page}"] = (lambda world: world.scenario.slug,)
for page in ("live", "live_state"):
    ARGUMENTS[f"learning:{page}"] = (lambda world: world.live.code,)
for page in ("screen", "screen_act", "screen_state"):
    ARGUMENTS[f"learning:{page}"] = (lambda world: world.live.token,)
for page in ("own_scenario", "own_pointers"):
    ARGUMENTS[f"learning:{page}"] = (token, lambda world: 2)
for page in ("scenarios", "scenario_new"):
    ARGUMENTS[f"organise:{page}"] = (group,)
ARGUMENTS["organise:scenario_copy"] = (group, lambda world: world.scenario_of_others.slug)
for page in ("page_publication", "page_removal"):
    ARGUMENTS[f"organise:learning_{page}"] = (lambda world: world.learning_draft.slug,)
for page in ("version", "version_return"):
    ARGUMENTS[f"organise:learning_{page}"] = (learning_page, lambda world: 1)
for page in ("learning_pages", "learning_page_new", "enquiries"):
    ARGUMENTS[f"organise:{page}"] = (group,)
for page in ("surgery_room", "surgery_room_me_too", "surgery_by_code", "surgery_now"):
    ARGUMENTS[f"learning:{page}"] = (surgery,)
for page in ("surgery", "surgery_me_too"):
    ARGUMENTS[f"learning:{page}"] = (token, surgery)
for page in ("surgery", "surgery_settings"):
    ARGUMENTS[f"organise:{page}"] = (slug, surgery)
ARGUMENTS["organise:surgery_new"] = (slug, lambda world: 1)
ARGUMENTS["organise:surgery_move"] = (slug, surgery, asked)
ARGUMENTS["organise:surgery_writing"] = (slug, surgery, asked, lambda world: "answer")
ARGUMENTS["organise:surgery_answer_removal"] = (
    slug,
    surgery,
    lambda world: world.event.published_answers.get().pk,
)
# Everywhere else the name of the parameter says what is meant.
BY_PARAMETER: dict[str, Argument] = {"token": token, "slug": slug, "reference": reference}

TABLE = """
# For everyone
GET  accessibility                         ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:adoption                    ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:adoption_sent               ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:help                        ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:help_guide                  ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:help_sent                   ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:question_new                ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:question_sent               ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:recap                       ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:wanted                      ok  ok  ok  ok  ok  ok  ok  ok
GET  concerns:tell                         ok  ok  ok  ok  ok  ok  ok  ok
GET  concerns:told                         ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:topic                       ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:topic_new                   ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:topic_sent                  ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:screen                        ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:done                          ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:screen_sent                   ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:quote_new                     ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:story                         ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:event_pledges                ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:group_pledges                ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:event_answers                ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:surgery_room                 ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:surgery_by_code              ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:surgery_now                  ok  ok  ok  ok  ok  ok  ok  ok
POST learning:surgery_room_me_too          to  to  to  to  to  to  to  to
GET  learning:pledge_picture               ok  ok  ok  ok  ok  ok  ok  ok
GET  events:suggest                        ok  ok  ok  ok  ok  ok  ok  ok
GET  events:suggestion                     ok  ok  ok  ok  ok  ok  ok  ok
GET  events:suggestion_mistake             ok  ok  ok  ok  ok  ok  ok  ok
GET  events:suggestion_new                 ok  ok  ok  ok  ok  ok  ok  ok
GET  events:suggestion_sent                ok  ok  ok  ok  ok  ok  ok  ok
GET  events:embedded                       ok  ok  ok  ok  ok  ok  ok  ok
GET  events:embedded_event                 ok  ok  ok  ok  ok  ok  ok  ok
GET  events:embedded_group                 ok  ok  ok  ok  ok  ok  ok  ok
GET  events:embedded_tag                   ok  ok  ok  ok  ok  ok  ok  ok
GET  events:access_promise                 ok  ok  ok  ok  ok  ok  ok  ok
GET  events:agenda                         ok  ok  ok  ok  ok  ok  ok  ok
GET  events:by_code                        to  to  to  to  to  to  to  to
GET  events:card                           ok  ok  ok  ok  ok  ok  ok  ok
GET  events:event                          ok  ok  ok  ok  ok  ok  ok  ok
GET  events:event_feed                     ok  ok  ok  ok  ok  ok  ok  ok
GET  events:event_ics                      ok  ok  ok  ok  ok  ok  ok  ok
GET  events:event_feed_as                  ok  ok  ok  ok  ok  ok  ok  ok
GET  events:feed                           ok  ok  ok  ok  ok  ok  ok  ok
GET  events:feed_as                        ok  ok  ok  ok  ok  ok  ok  ok
GET  events:group                          ok  ok  ok  ok  ok  ok  ok  ok
GET  events:group_feed                     ok  ok  ok  ok  ok  ok  ok  ok
GET  events:group_feed_as                  ok  ok  ok  ok  ok  ok  ok  ok
GET  events:groups                         ok  ok  ok  ok  ok  ok  ok  ok
GET  events:home                           ok  ok  ok  ok  ok  ok  ok  ok
GET  events:link_again                     ok  ok  ok  ok  ok  ok  ok  ok
GET  events:link_sent                      ok  ok  ok  ok  ok  ok  ok  ok
GET  events:month                          ok  ok  ok  ok  ok  ok  ok  ok
GET  events:month_now                      ok  ok  ok  ok  ok  ok  ok  ok
GET  events:past                           ok  ok  ok  ok  ok  ok  ok  ok
GET  events:picture                        no  no  no  no  no  no  no  no
GET  events:poster                         ok  ok  ok  ok  ok  ok  ok  ok
GET  events:registration_new               ok  ok  ok  ok  ok  ok  ok  ok
GET  events:registration_sent              ok  ok  ok  ok  ok  ok  ok  ok
GET  events:session_ics                    ok  ok  ok  ok  ok  ok  ok  ok
GET  events:small_picture                  no  no  no  no  no  no  no  no
GET  events:subscribe                      ok  ok  ok  ok  ok  ok  ok  ok
GET  events:series                         ok  ok  ok  ok  ok  ok  ok  ok
GET  events:series_feed                    ok  ok  ok  ok  ok  ok  ok  ok
GET  events:series_feed_as                 ok  ok  ok  ok  ok  ok  ok  ok
GET  events:tag_feed                       ok  ok  ok  ok  ok  ok  ok  ok
GET  events:tag_feed_as                    ok  ok  ok  ok  ok  ok  ok  ok
GET  events:values                         ok  ok  ok  ok  ok  ok  ok  ok
GET  events:venue                          ok  ok  ok  ok  ok  ok  ok  ok
GET  favicon                               ok  ok  ok  ok  ok  ok  ok  ok
GET  health                                ok  ok  ok  ok  ok  ok  ok  ok
GET  icon                                  ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:check                        ok  ok  ok  ok  ok  ok  ok  ok
GET  manifest                              ok  ok  ok  ok  ok  ok  ok  ok
GET  openapi                               ok  ok  ok  ok  ok  ok  ok  ok
GET  people:group_code                     to  to  to  to  to  to  to  to
GET  people:group_new                      ok  ok  ok  ok  ok  ok  ok  ok
GET  people:login_code                     in  to  to  to  to  to  to  to
GET  people:no_password                    in  to  to  to  to  to  to  to
GET  learning:index                             ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:page                              ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:clear_words                       ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:get_in_touch                      ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:get_in_touch_sent                 ok  ok  ok  ok  ok  ok  ok  ok
POST learning:answer                            to  to  to  to  to  to  to  to
GET  learning:pointers                          ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:answers                           to  to  to  to  to  to  to  to
GET  learning:live                              ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:live_state                        ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:picture                           no  no  no  no  no  no  no  no
GET  people:pages                               to  to  to  to  to  to  to  to
GET  people:page                           ok  ok  ok  ok  ok  ok  ok  ok
GET  privacy                               ok  ok  ok  ok  ok  ok  ok  ok
GET  robots                                ok  ok  ok  ok  ok  ok  ok  ok
GET  security_txt                          ok  ok  ok  ok  ok  ok  ok  ok
GET  sitemap                               ok  ok  ok  ok  ok  ok  ok  ok

# For whoever holds the link
GET  breakouts:proposal                    ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:proposal_confirmation       ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:proposal_mistake            ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:proposal_withdrawal         ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:proposal_words              ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:room                        ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:room_door                   to  to  to  to  to  to  to  to
GET  breakouts:room_material               ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:room_meeting                to  to  to  to  to  to  to  to
GET  breakouts:helper                      ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:helper_confirmation         ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:helper_departure            ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:helper_mistake              ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:helper_notes                ok  ok  ok  ok  ok  ok  ok  ok
POST breakouts:helper_place                to  to  to  to  to  to  to  to
GET  learning:own_scenario                 ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:own_pointers                 ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:screen                       ok  ok  ok  ok  ok  ok  ok  ok
POST learning:screen_act                   to  to  to  to  to  to  to  to
GET  learning:screen_state                 ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:surgery                      ok  ok  ok  ok  ok  ok  ok  ok
POST learning:surgery_me_too               to  to  to  to  to  to  to  to
GET  learning:workbook                     ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:workbook_deletion            to  to  to  to  to  to  to  to
POST learning:workbook_emails              to  to  to  to  to  to  to  to
GET  learning:workbook_page                to  to  to  to  to  to  to  to
GET  learning:workbook_print               to  to  to  to  to  to  to  to
GET  learning:workbook_text                to  to  to  to  to  to  to  to
POST learning:workbook_version             to  to  to  to  to  to  to  to
GET  feedback:answer                       ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:answer_sent                  ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:thanks                       ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:no_reminder                  ok  ok  ok  ok  ok  ok  ok  ok
GET  feedback:quote                        ok  ok  ok  ok  ok  ok  ok  ok
POST feedback:quote_withdrawal             to  to  to  to  to  to  to  to
GET  breakouts:host                        ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_link                   ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_answer                 ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_co_host                ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_confirmation           ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_departure              ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_ics                    ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_material               ok  ok  ok  ok  ok  ok  ok  ok
POST breakouts:host_material_removal       to  to  to  to  to  to  to  to
GET  breakouts:host_materials              ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_mistake                ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:host_notes                  ok  ok  ok  ok  ok  ok  ok  ok
POST breakouts:host_again                  to  to  to  to  to  to  to  to
POST breakouts:helper_again                to  to  to  to  to  to  to  to
GET  breakouts:ask_again                   ok  ok  ok  ok  ok  ok  ok  ok
POST breakouts:host_place                  to  to  to  to  to  to  to  to
GET  breakouts:host_prompts                ok  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:take_out                    to  to  to  to  to  to  to  to
GET  events:access                         to  to  to  to  to  to  to  to
POST events:access_agreement               to  to  to  to  to  to  to  to
GET  events:access_needs                   ok  ok  ok  ok  ok  ok  ok  ok
POST events:access_outcome                 ok  ok  ok  ok  ok  ok  ok  ok
GET  events:access_withdrawal              to  to  to  to  to  to  to  to
GET  events:address                        ok  ok  ok  ok  ok  ok  ok  ok
POST events:address_ending                 to  to  to  to  to  to  to  to
GET  events:address_new                    ok  ok  ok  ok  ok  ok  ok  ok
GET  events:address_old                    ok  ok  ok  ok  ok  ok  ok  ok
GET  events:answers                        ok  ok  ok  ok  ok  ok  ok  ok
GET  events:calendar_link                  ok  ok  ok  ok  ok  ok  ok  ok
GET  events:confirmation                   to  to  to  to  to  to  to  to
GET  events:departure                      ok  ok  ok  ok  ok  ok  ok  ok
GET  events:erasure                        to  to  to  to  to  to  to  to
POST events:attendance                     to  to  to  to  to  to  to  to
GET  events:date                           ok  ok  ok  ok  ok  ok  ok  ok
GET  events:fresh                          ok  ok  ok  ok  ok  ok  ok  ok
GET  events:fresh_link                     ok  ok  ok  ok  ok  ok  ok  ok
POST events:fresh_link_closing             to  to  to  to  to  to  to  to
GET  events:fresh_mistake                  ok  ok  ok  ok  ok  ok  ok  ok
GET  events:join                           ok  ok  ok  ok  ok  ok  ok  ok
GET  events:manage                         ok  ok  ok  ok  ok  ok  ok  ok
GET  events:meeting                        to  to  to  to  to  to  to  to
GET  events:mistake                        to  to  to  to  to  to  to  to
GET  learning:check_in                     ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:own_pledge_picture           to  to  to  to  to  to  to  to
GET  learning:pledge                       to  to  to  to  to  to  to  to
POST learning:pledge_picture_ending        to  to  to  to  to  to  to  to
POST learning:pledge_share_ending          to  to  to  to  to  to  to  to
GET  learning:pledge_withdrawal            to  to  to  to  to  to  to  to
GET  learning:programme_pledges            ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:programme_pledge_picture     ok  ok  ok  ok  ok  ok  ok  ok
GET  events:my_data                        to  to  to  to  to  to  to  to
GET  events:my_data_file                   to  to  to  to  to  to  to  to
GET  events:no_news                        ok  ok  ok  ok  ok  ok  ok  ok
GET  events:offer                          to  to  to  to  to  to  to  to
GET  events:paper                          ok  ok  ok  ok  ok  ok  ok  ok
GET  events:papers                         ok  ok  ok  ok  ok  ok  ok  ok
GET  events:personal_feed                  ok  ok  ok  ok  ok  ok  ok  ok
GET  events:registration_ics               ok  ok  ok  ok  ok  ok  ok  ok
POST events:rejoining                      to  to  to  to  to  to  to  to
POST events:values_agreement               to  to  to  to  to  to  to  to
GET  events:participants                   ok  ok  ok  ok  ok  ok  ok  ok
GET  events:way                            ok  ok  ok  ok  ok  ok  ok  ok
GET  events:way_in                         to  to  to  to  to  to  to  to
GET  learning:certificate                  ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:no_prompts                   ok  ok  ok  ok  ok  ok  ok  ok
GET  learning:prompts                      ok  ok  ok  ok  ok  ok  ok  ok
GET  events:invited                        ok  ok  ok  ok  ok  ok  ok  ok
GET  events:invited_forgetting             ok  ok  ok  ok  ok  ok  ok  ok
GET  events:co_organiser                    ok  ok  ok  ok  ok  ok  ok  ok
GET  people:invitation                     ok  ok  ok  ok  ok  ok  ok  ok
GET  people:second_step_reset_stop         ok  ok  ok  ok  ok  ok  ok  ok

# For people who are signed in
GET  events:places                         in  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:carried                     in  ok  ok  ok  ok  ok  ok  ok
GET  breakouts:carried_confirmation        in  no  ok  no  no  no  no  no
POST people:login_end                      in  no  no  no  no  no  no  no
POST people:logins_end                     in  to  to  to  to  to  to  to
GET  people:profile                        in  ok  ok  ok  ok  ok  ok  ok
GET  people:recovery_codes                 in  no  no  no  no  no  no  no
GET  people:role_end                       in  no  no  ok  no  no  no  no

# For the organisers of the group
GET  organise:cancellation                 in  no  no  ok  no  no  no  no
GET  organise:postponement                 in  no  no  ok  no  no  no  no
GET  organise:calling_back                 in  no  no  to  no  no  no  no
GET  organise:copies                       in  no  no  ok  no  no  no  no
GET  organise:event                        in  no  no  ok  no  no  no  no
GET  organise:event_access                 in  no  no  ok  no  no  no  no
GET  organise:event_basics                 in  no  no  ok  no  no  no  no
GET  organise:event_dates                  in  no  no  ok  no  no  no  no
GET  organise:event_join                   in  no  no  ok  no  no  no  no
GET  organise:event_new                    in  no  no  ok  no  no  no  no
GET  organise:event_paper                  in  no  no  ok  no  no  no  no
GET  organise:event_paper_file             in  no  no  ok  no  no  no  no
POST organise:event_paper_removal          in  no  no  to  no  no  no  no
GET  organise:event_papers                 in  no  no  ok  no  no  no  no
GET  organise:event_picture                in  no  no  ok  no  no  no  no
POST organise:event_picture_removal        in  no  no  to  no  no  no  no
GET  organise:event_place                  in  no  no  ok  no  no  no  no
GET  organise:event_places                 in  no  no  ok  no  no  no  no
GET  organise:event_places_for             in  no  no  ok  no  no  no  no
GET  organise:event_several_dates          in  no  no  ok  no  no  no  no
GET  organise:places_sharing               in  no  no  ok  no  no  no  no
GET  organise:event_words                  in  no  no  ok  no  no  no  no
GET  organise:group                        in  no  no  ok  no  no  no  no
GET  organise:group_edit                   in  no  no  ok  no  no  no  no
POST organise:group_message_again          in  no  no  to  no  no  no  no
GET  organise:group_messages               in  no  no  ok  no  no  no  no
POST organise:invitation_withdrawal        in  no  no  to  no  no  no  no
GET  organise:list_act                     in  no  no  ok  no  no  no  no
GET  organise:list_act_new                 in  no  no  ok  no  no  no  no
POST organise:list_act_undoing             in  no  no  to  no  no  no  no
GET  organise:why_waiting                  in  no  no  ok  no  no  no  no
GET  organise:held_places                  in  no  no  ok  no  no  no  no
GET  organise:helper_removal               in  no  no  ok  no  no  no  no
POST organise:helper_room                  in  no  no  to  no  no  no  no
GET  organise:breakouts                    in  no  no  ok  no  no  no  no
GET  organise:topic_lines                  in  no  no  ok  no  no  no  no
GET  organise:breakout_plan                in  no  no  ok  no  no  no  no
GET  organise:host_removal                 in  no  no  ok  no  no  no  no
GET  organise:taking_back                  in  no  no  ok  no  no  no  no
GET  organise:topic                        in  no  no  ok  no  no  no  no
POST organise:topic_acceptance             in  no  no  to  no  no  no  no
GET  organise:topic_aside                  in  no  no  ok  no  no  no  no
GET  organise:topic_change                 in  no  no  ok  no  no  no  no
POST organise:topic_co_host                in  no  no  to  no  no  no  no
GET  organise:topic_folding                in  no  no  ok  no  no  no  no
GET  organise:topic_host_link              in  no  no  ok  no  no  no  no
GET  organise:topic_host                   in  no  no  ok  no  no  no  no
GET  organise:topic_merging                in  no  no  ok  no  no  no  no
GET  organise:topic_new                    in  no  no  ok  no  no  no  no
POST organise:topic_order                  in  no  no  to  no  no  no  no
GET  organise:topic_refusal                in  no  no  ok  no  no  no  no
GET  organise:topic_words                  in  no  no  ok  no  no  no  no
GET  organise:action_taken                  in  no  no  ok  no  no  no  no
POST organise:action_taken_back             in  no  no  to  no  no  no  no
GET  organise:action_taken_end              in  no  no  ok  no  no  no  no
GET  organise:action_taken_new              in  no  no  ok  no  no  no  no
POST organise:action_taken_order            in  no  no  to  no  no  no  no
GET  organise:actions_taken                 in  no  no  ok  no  no  no  no
GET  organise:actions_taken_mail            in  no  no  ok  no  no  no  no
POST organise:actions_taken_publication     in  no  no  to  no  no  no  no
GET  organise:feedback                     in  no  no  ok  no  no  no  no
GET  organise:feedback_csv                 in  no  no  ok  no  no  no  no
GET  organise:feedback_form                in  no  no  ok  no  no  no  no
GET  organise:feedback_form_end            in  no  no  ok  no  no  no  no
GET  organise:feedback_form_new            in  no  no  ok  no  no  no  no
GET  organise:feedback_form_own            in  no  no  ok  no  no  no  no
GET  organise:feedback_form_preview        in  no  no  ok  no  no  no  no
GET  organise:feedback_hiding              in  no  no  ok  no  no  no  no
GET  organise:feedback_question            in  no  no  ok  no  no  no  no
GET  organise:feedback_question_end        in  no  no  ok  no  no  no  no
GET  organise:feedback_question_new        in  no  no  ok  no  no  no  no
POST organise:feedback_question_order      in  no  no  to  no  no  no  no
GET  organise:feedback_screen              in  no  no  ok  no  no  no  no
GET  organise:feedback_settings            in  no  no  ok  no  no  no  no
POST organise:feedback_showing             in  no  no  to  no  no  no  no
GET  organise:feedback_text                in  no  no  ok  no  no  no  no
GET  organise:quotes                       in  no  no  ok  no  no  no  no
POST organise:quote_approval               in  no  no  to  no  no  no  no
GET  organise:quote_removal                in  no  no  ok  no  no  no  no
GET  organise:story_edit                   in  no  no  ok  no  no  no  no
GET  organise:helpers                      in  no  no  ok  no  no  no  no
POST organise:listing                      in  no  no  to  no  no  no  no
GET  organise:members                      in  no  no  ok  no  no  no  no
GET  organise:emails                       in  no  no  ok  no  no  no  no
POST organise:emails_holding               in  no  no  to  no  no  no  no
POST organise:emails_release               in  no  no  to  no  no  no  no
GET  organise:event_reminders              in  no  no  ok  no  no  no  no
GET  organise:activities                   in  no  no  ok  no  no  no  no
GET  organise:activity                     in  no  no  ok  no  no  no  no
GET  organise:activity_new                 in  no  no  ok  no  no  no  no
POST organise:activity_order               in  no  no  to  no  no  no  no
GET  organise:activity_removal             in  no  no  ok  no  no  no  no
GET  organise:live                         in  no  no  ok  no  no  no  no
GET  organise:learning                     in  no  no  ok  no  no  no  no
GET  organise:surgeries                    in  no  no  ok  no  no  no  no
POST organise:surgery_new                  in  no  no  to  no  no  no  no
GET  organise:surgery                      in  no  no  ok  no  no  no  no
GET  organise:surgery_settings             in  no  no  ok  no  no  no  no
POST organise:surgery_move                 in  no  no  to  no  no  no  no
GET  organise:surgery_writing              in  no  no  ok  no  no  no  no
POST organise:surgery_answer_removal       in  no  no  to  no  no  no  no
GET  organise:pledges                      in  no  no  ok  no  no  no  no
POST organise:pledges_offer                in  no  no  to  no  no  no  no
GET  organise:pledge_use                   in  no  no  ok  no  no  no  no
GET  organise:pledge_picture               in  no  no  ok  no  no  no  no
GET  organise:pledge_reply                 in  no  no  ok  no  no  no  no
POST organise:pledge_taken_out             in  no  no  to  no  no  no  no
GET  organise:learning_plan                in  no  no  ok  no  no  no  no
GET  organise:learning_prompts             in  no  no  ok  no  no  no  no
GET  organise:graduation                   in  no  no  ok  no  no  no  no
GET  organise:graduation_csv               in  no  no  ok  no  no  no  no
GET  organise:letter                       in  no  no  ok  no  no  no  no
POST organise:letter_departure             in  no  no  to  no  no  no  no
GET  organise:letter_frame                 in  no  no  ok  no  no  no  no
POST organise:letter_removal               in  no  no  to  no  no  no  no
POST organise:letter_return                in  no  no  to  no  no  no  no
POST organise:message_again                in  no  no  to  no  no  no  no
GET  organise:messages                     in  no  no  ok  no  no  no  no
GET  organise:notes                        in  no  no  ok  no  no  no  no
GET  organise:notes_part                   in  no  no  ok  no  no  no  no
GET  organise:attendance                   in  no  no  ok  no  no  no  no
GET  organise:attendance_ending            in  no  no  ok  no  no  no  no
GET  organise:attendance_list              in  no  no  ok  no  no  no  no
GET  organise:attendance_on                in  no  no  ok  no  no  no  no
GET  organise:registration_completion      in  no  no  ok  no  no  no  no
GET  organise:preview                      in  no  no  ok  no  no  no  no
GET  organise:preview_ics                  in  no  no  ok  no  no  no  no
GET  organise:preview_letter               in  no  no  ok  no  no  no  no
GET  organise:preview_mail                 in  no  no  ok  no  no  no  no
GET  organise:preview_page                 in  no  no  ok  no  no  no  no
GET  organise:publication                  in  no  no  ok  no  no  no  no
GET  organise:publication_later            in  no  no  ok  no  no  no  no
GET  organise:recap_mail                   in  no  no  ok  no  no  no  no
GET  organise:thanks                       in  no  no  ok  no  no  no  no
GET  organise:recap_publication            in  no  no  ok  no  no  no  no
GET  organise:question                     in  no  no  ok  no  no  no  no
GET  organise:question_refusal             in  no  no  ok  no  no  no  no
POST organise:question_withdrawal          in  no  no  to  no  no  no  no
GET  organise:questions                    in  no  no  ok  no  no  no  no
GET  organise:registration                 in  no  no  ok  no  no  no  no
POST organise:registration_answer          in  no  no  ok  no  no  no  no
GET  organise:registration_erasure         in  no  no  ok  no  no  no  no
GET  organise:registration_paper           in  no  no  ok  no  no  no  no
POST organise:registration_told            in  no  no  to  no  no  no  no
POST organise:registration_link            in  no  no  to  no  no  no  no
GET  organise:suggestions                  in  no  no  ok  no  no  no  no
GET  organise:suggestion_refusal           in  no  no  ok  no  no  no  no
POST organise:suggestion_taking            in  no  no  to  no  no  no  no
GET  organise:calendar_import              in  no  no  ok  no  no  no  no
GET  organise:calendar_import_new          in  no  no  ok  no  no  no  no
POST organise:calendar_import_end          in  no  no  to  no  no  no  no
GET  organise:people_import                in  no  no  ok  no  no  no  no
GET  organise:people_import_new            in  no  no  ok  no  no  no  no
POST organise:people_import_beginning      in  no  no  to  no  no  no  no
POST organise:people_import_portion        in  no  no  to  no  no  no  no
POST organise:people_import_end            in  no  no  to  no  no  no  no
GET  organise:registration_new             in  no  no  ok  no  no  no  no
GET  organise:registration_removal         in  no  no  ok  no  no  no  no
GET  organise:invitations                  in  no  no  ok  no  no  no  no
POST organise:invitation_to_event_withdrawal in  no  no  to  no  no  no  no
GET  organise:code_leak                    in  no  no  ok  no  no  no  no
GET  organise:co_organisers                in  no  no  ok  no  no  no  no
GET  organise:co_organiser_ending          in  no  no  ok  no  no  no  no
GET  organise:registrations                in  no  no  ok  no  no  no  no
GET  organise:registrations_csv            in  no  no  ok  no  no  no  no
GET  organise:removal                      in  no  no  ok  no  no  no  no
GET  organise:role_removal                 in  no  no  ok  no  no  no  no
GET  organise:rooms_csv                    in  no  no  ok  no  no  no  no
GET  organise:rooms_sheet                  in  no  no  ok  no  no  no  no
GET  organise:second_step_reset            in  no  no  ok  no  no  no  no
POST organise:take_out                     in  no  no  to  no  no  no  no
GET  organise:learning_pages                    in  no  no  ok  no  no  no  no
GET  organise:scenarios                         in  no  no  ok  no  no  no  no
GET  organise:scenario_new                      in  no  no  ok  no  no  no  no
POST organise:scenario_copy                     in  no  no  to  no  no  no  no
GET  organise:learning_page_new                 in  no  no  ok  no  no  no  no
GET  organise:learning_page                     in  no  no  ok  no  no  no  no
GET  organise:learning_page_preview             in  no  no  ok  no  no  no  no
POST organise:learning_page_publication         in  no  no  to  no  no  no  no
POST organise:learning_page_taking_back         in  no  no  to  no  no  no  no
POST organise:learning_page_look                in  no  no  to  no  no  no  no
GET  organise:learning_page_removal             in  no  no  ok  no  no  no  no
GET  organise:learning_pictures                 in  no  no  ok  no  no  no  no
GET  organise:learning_picture                  in  no  no  ok  no  no  no  no
POST organise:learning_picture_removal          in  no  no  to  no  no  no  no
GET  organise:learning_history                  in  no  no  ok  no  no  no  no
GET  organise:learning_version                  in  no  no  ok  no  no  no  no
POST organise:learning_version_return           in  no  no  to  no  no  no  no
GET  organise:enquiries                         in  no  no  ok  no  no  no  no
POST organise:enquiry_removal                   in  no  no  to  no  no  no  no
GET  organise:venue                        in  no  no  ok  no  no  no  no
GET  organise:venue_new                    in  no  no  ok  no  no  no  no

# For the access leads of the group: organisers and administrators do not even see that it is there
GET  organise:access                       in  no  no  no  no  ok  no  no
POST organise:access_answer                in  no  no  no  no  ok  no  no
GET  organise:access_index                 in  no  no  no  no  ok  no  no
POST organise:access_message               in  no  no  no  no  ok  no  no
POST organise:access_offer                 in  no  no  no  no  to  no  no
POST organise:access_opening               in  no  no  no  no  to  no  no
GET  organise:access_request               in  no  no  no  no  ok  no  no
POST organise:access_request_opening       in  no  no  no  no  to  no  no

# For the named contacts of the group: nobody else sees that there is anything
GET  organise:concern                      in  no  no  no  no  no  ok  no
POST organise:concern_answer               in  no  no  no  no  no  ok  no
POST organise:concern_closing              in  no  no  no  no  no  to  no
POST organise:concern_opening              in  no  no  no  no  no  to  no
GET  organise:concerns                     in  no  no  no  no  no  ok  no
GET  organise:kept_out                     in  no  no  no  no  no  ok  no
POST organise:kept_out_answer              in  no  no  no  no  no  to  no
POST organise:kept_out_ending              in  no  no  no  no  no  to  no
GET  organise:kept_out_new                 in  no  no  no  no  no  ok  no
GET  organise:kept_out_one                 in  no  no  no  no  no  ok  no
POST organise:kept_out_opening             in  no  no  no  no  no  to  no
POST organise:kept_out_until               in  no  no  no  no  no  ok  no

# For members and for those who look after the hub
GET  organise:group_decision               in  no  no  no  no  no  no  to
GET  organise:group_start                  in  no  no  no  no  no  no  ok
GET  organise:groups                       in  no  no  no  no  no  no  ok
GET  organise:hub                          in  no  no  no  no  no  no  ok
GET  organise:hub_offers                   in  no  no  no  no  no  no  ok
GET  organise:hub_page                     in  no  no  no  no  no  no  ok
GET  organise:hub_page_new                 in  no  no  no  no  no  no  ok
GET  organise:hub_pages                    in  no  no  no  no  no  no  ok
GET  organise:hub_part                     in  no  no  no  no  no  no  ok
GET  organise:second_steps                 in  no  no  no  no  no  no  ok
GET  organise:overview                     in  ok  ok  ok  ok  ok  ok  ok
POST organise:second_step_later            in  to  to  to  to  to  to  to
POST organise:test_mail                    in  no  no  to  to  to  to  to
GET  organise:hub_status                      in  no  no  ok  ok  ok  ok  ok
"""

# What the co-organiser of a quota gets otherwise than any attendee: their part of the event. The people whom the table
# opens are of no quota, or of another: not theirs to see.
CO_ORGANISER = {
    "organise:hub_status": "ok",
    "organise:test_mail": "to",
    "organise:overview": "ok",
    "organise:event": "ok",
    "organise:co_organiser_ending": "ok",
    "organise:list_act_new": "ok",
    "organise:messages": "ok",
    "organise:attendance": "ok",
    "organise:attendance_list": "ok",
    "organise:attendance_on": "ok",
    "organise:registrations": "ok",
    "organise:registrations_csv": "ok",
    "organise:registration_new": "ok",
}
