### Texts of the parcel service.

# $code: six digits
sms-sign-in = Example Post: { $code } är din inloggningskod.
sms-account-unlock =
    Example Post: ditt konto är låst.
    Ange { $code } i appen för att öppna det. Vi frågar aldrig efter koden i telefon.

# $parcel: eight letters and digits; $date: day and month
sms-parcel-waiting = Ditt paket { $parcel } väntar på dig hos ombudet till { $date }.
