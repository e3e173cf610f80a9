### Texts of the parcel service.

# $code: six digits
sms-sign-in = Example Post: { $code } is your sign-in code.
sms-account-unlock =
    Example Post: your account is locked.
    Enter { $code } in the app to open it. We never ask for the code by phone.

# $parcel: eight letters and digits; $date: day and month
sms-parcel-waiting = Your parcel { $parcel } is waiting for you at the shop until { $date }.
