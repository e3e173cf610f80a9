"""Sends the codes. Texts stand where they are used, as sms(KEY, TEXT)."""

from gateway import send, sms


def send_sign_in_code(phone, code):
    send(phone, sms("auth.sign-in", "Example: {code} is your sign-in code. Never share it."), code=code)


def send_password_code(phone, code):
    send(phone, sms("auth.password", "Example: your password reset cоde is {code}. Never share it."), code=code)


def send_device_code(phone, code):
    text = sms(
        "auth.new-device",
        "Example: a new phone signs in as \"you\".\nIf it is yours, enter {code}.",
    )
    send(phone, text, code=code)
