//! The TPDUs that an AT modem takes in PDU mode (`AT+CMGF=0`), one for each segment.

use septet::{Message, UserData};

/// SMS-SUBMIT, without a validity period (TS 23.040 §9.2.2.2).
const SUBMIT: u8 = 0x01;
/// The user data starts with a header.
const UDHI: u8 = 0x40;
/// International number, ISDN numbering plan.
const INTERNATIONAL: u8 = 0x91;

fn main() -> Result<(), Box<dyn core::error::Error>> {
    // A number set aside for fiction, in swapped semi-octets: +1 202 555 0143.
    let (digits, number) = (11, [0x21, 0x20, 0x55, 0x05, 0x41, 0xF3]);
    let text = "Your table for two is booked. ".repeat(6);
    for segment in Message::new(&text).segments()? {
        let user_data = UserData::encode(&segment, 0x2A)?;
        let first = if user_data.has_header() {
            SUBMIT | UDHI
        } else {
            SUBMIT
        };
        let mut tpdu = vec![first, 0, digits, INTERNATIONAL];
        tpdu.extend(number);
        tpdu.extend([0, user_data.data_coding().value(), user_data.length()]);
        tpdu.extend(user_data.as_octets());
        let hex: String = tpdu.iter().map(|octet| format!("{octet:02X}")).collect();
        // A leading 00 leaves the service centre to the modem; it is not counted.
        println!("AT+CMGS={}\n00{hex}", tpdu.len());
    }
    Ok(())
}
