### Texts of the parcel service. All are UCS-2: 70 characters are one segment.

# $code: six digits
sms-sign-in = Example Post: ο κωδικός εισόδου σας είναι { $code }.
sms-account-unlock =
    Example Post: ο λογαριασμός κλειδώθηκε.
    Δώστε τον κωδικό { $code }.

# $parcel: eight letters and digits; $date: day and month
sms-parcel-waiting = Το δέμα { $parcel } σας περιμένει στο κατάστημα έως { $date }.
