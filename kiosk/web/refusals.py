"""What each refusal is called on a page or in a problem document: its status and its words."""

from dataclasses import dataclass

from kiosk.web.words import _l


@dataclass(frozen=True)
class Refusal:
    """Status of the answer, a title and one or two sentences of help."""

    status: int
    title: str
    detail: str


REFUSALS: dict[str, Refusal] = {
    "bad_request": Refusal(
        400,
        _l("This request cannot be understood"),
        _l("Go back, load the page again and repeat what you did."),
    ),
    "csrf": Refusal(
        400,
        _l("The form is out of date"),
        _l(
            "Nothing was changed. Go back, load the page again and send the form once more."
        ),
    ),
    "refused": Refusal(
        400,
        _l("This cannot be done"),
        _l("The request was refused. Nothing was changed."),
    ),
    "unreadable": Refusal(
        400,
        _l("This request cannot be read"),
        _l("The content is not in the form expected."),
    ),
    "not_signed_in": Refusal(
        401,
        _l("Please sign in again"),
        _l("You were signed out, or your session has ended. Nothing was changed."),
    ),
    "not_paired": Refusal(
        401,
        _l("This device is not set up as a tablet"),
        _l("Please ask the administrator for a pairing code."),
    ),
    "revoked": Refusal(
        403,
        _l("This tablet has been taken out of use"),
        _l(
            "What was already answered is kept. Please ask the administrator for a new code."
        ),
    ),
    "not_allowed": Refusal(
        403,
        _l("You may not open this page"),
        _l("Your account was not given access to it. Please ask the administrator."),
    ),
    "insecure": Refusal(
        403,
        _l("This connection is not secure"),
        _l(
            "Passwords and codes are taken over https only. Please open the address with https."
        ),
    ),
    "code_wrong": Refusal(
        422,
        _l("This code is not right"),
        _l("Please check the code and type it again."),
    ),
    "code_expired": Refusal(
        410,
        _l("This code has expired"),
        _l(
            "A code is good for 15 minutes. Please ask the administrator for a new one."
        ),
    ),
    "code_used": Refusal(
        410,
        _l("This code has already been used"),
        _l("A code pairs one tablet only. Please ask the administrator for a new one."),
    ),
    "not_found": Refusal(
        404,
        _l("There is no such page"),
        _l("The address may be mistyped, or what stood here is not open to you."),
    ),
    "method_not_allowed": Refusal(
        405,
        _l("This cannot be done this way"),
        _l("The address exists but does not take this kind of request."),
    ),
    "label_taken": Refusal(
        409,
        _l("The name is in use"),
        _l("This unit already has a place of that name."),
    ),
    "too_large": Refusal(
        413,
        _l("This is too large"),
        _l("Please send less at a time. Nothing was stored."),
    ),
    "wrong_type": Refusal(
        415,
        _l("This type of content is not taken"),
        _l("Please send it in the form expected."),
    ),
    "too_many_tries": Refusal(
        429,
        _l("Too many tries"),
        _l("To protect the account, please wait before trying again."),
    ),
    "internal": Refusal(
        500,
        _l("Something went wrong on our side"),
        _l("The fault was written down. Please try again in a few minutes."),
    ),
    "room_key_missing": Refusal(
        500,
        _l("A key is missing"),
        _l(
            "Please tell the administrator: the key of the waiting room is not in place."
        ),
    ),
    "storage_busy": Refusal(
        503,
        _l("The system is busy"),
        _l("Nothing was lost. Please try again in a few seconds."),
    ),
    "storage_full": Refusal(
        503,
        _l("The system cannot store anything just now"),
        _l("Please tell the administrator: the disk is full or cannot be written."),
    ),
    "not_set_up": Refusal(
        503,
        _l("The system is not set up yet"),
        _l("Run this command on the server, then start the application again:"),
    ),
}
KIND_OF_STATUS = {
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "wrong_type",
    429: "too_many_tries",
    503: "storage_busy",
}


def kind_of_status(status: int) -> str:
    """The kind that speaks for an HTTP status nobody named."""
    if status in KIND_OF_STATUS:
        return KIND_OF_STATUS[status]
    return "internal" if status >= 500 else "bad_request"
