"""What has come of a week since its page was opened: a count, so that nothing moves by itself."""

from flask import render_template, request, url_for
from flask_login import current_user

from fieldlog.access import sight
from fieldlog.access.guard import guard
from fieldlog.review import address, moments
from fieldlog.review.door import door
from fieldlog.review.week import named
from fieldlog.store.weeks import observed


@door.get("/week/<name>/news")
@guard("week.read")
def week_news(name: str):
    """How many records of the week have come, or been told more of, since an entry."""
    since, until = named(name).span(moments.zone())
    return render_template(
        "review/news.html",
        news=observed.heard_after(
            request.args.get("since", 0, type=address.number),
            sight.present_orgs(),
            sight.counted_orgs(current_user),
            since,
            until,
        ),
        newest=url_for("review.week", name=name),
    )
