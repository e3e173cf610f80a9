//! What goes into an SMPP `submit_sm`: with a header in `short_message`, and with SAR parameters.

use septet::{Message, UnpackedUserData, UserData};

fn main() -> Result<(), Box<dyn core::error::Error>> {
    let text = "Your table for two is booked. ".repeat(6);
    for segment in Message::new(&text).segments()? {
        show("header", &UserData::encode_unpacked(&segment, 0x2A)?);
        show("SAR", &UserData::encode_for_sar(&segment, 0x2A)?);
    }
    Ok(())
}

fn show(way: &str, unpacked: &UnpackedUserData) {
    println!(
        "{way}: esm_class {:#04x}, data_coding {}, sm_length {}",
        unpacked.esm_class(),
        unpacked.data_coding(),
        unpacked.as_octets().len(),
    );
    if let Some(sar) = unpacked.sar() {
        println!(
            "  sar_msg_ref_num {}, segment {} of {}",
            sar.reference(),
            sar.sequence(),
            sar.total()
        );
    }
}
