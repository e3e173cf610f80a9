//! Known answers that others produced: octets and counts, traps first. Every row names who says so.

#![cfg(feature = "alloc")]

mod support;

use septet::{
    Alphabet, Coding, Cut, DataCoding, Deviation, Encoding, GivenUp, Message, MessageClass,
    NationalLanguage, NationalTables, NotText, Outcome, Reassembler, ReassemblyLimits,
    ReceivedUserData, SegmentOptions, UserData, UserDataHeader,
};
use support::naive::{self, Pair};
use support::{hex, octets};

/// One short message as it goes over the air.
struct Wire {
    /// Who produced or decoded these octets, and what is odd about them.
    source: &'static str,
    text: &'static str,
    dcs: u8,
    /// TP-UDL.
    length: u8,
    /// The user data header with its length octet, or nothing.
    header: &'static str,
    /// What follows the header.
    body: &'static str,
}

impl Wire {
    fn octets(&self) -> Vec<u8> {
        [octets(self.header), octets(self.body)].concat()
    }

    fn has_header(&self) -> bool {
        !self.header.is_empty()
    }

    fn header(&self) -> naive::ReadHeader {
        match self.has_header() {
            true => naive::read_header(&octets(self.header)),
            false => naive::ReadHeader {
                octets: 0,
                elements: Some(Vec::new()),
            },
        }
    }

    fn encoding(&self) -> Encoding {
        match naive::data_coding(self.dcs).0 {
            naive::Coding::Ucs2 => Encoding::Ucs2,
            naive::Coding::Gsm7 | naive::Coding::Data => Encoding::Gsm7,
        }
    }
}

/// Octets that a sender must make and a receiver must read.
const ENCODED: &[Wire] = &[
    Wire {
        source: "RestComm/jss7: GSMCharsetTest.java (seven spare bits look like a trailing @)",
        text: "1234567",
        dcs: 0x00,
        length: 7,
        header: "",
        body: "31D98C56B3DD00",
    },
    Wire {
        source: "RestComm/jss7: GSMCharsetTest.java (a carriage return fills the seven spare bits)",
        text: "1234567\r",
        dcs: 0x00,
        length: 8,
        header: "",
        body: "31D98C56B3DD1A",
    },
    Wire {
        source: "LineageOS/android_frameworks_opt_telephony: GsmAlphabetTest.java (eight septets in seven octets)",
        text: "@@@@@@@@",
        dcs: 0x00,
        length: 8,
        header: "",
        body: "00000000000000",
    },
    Wire {
        source: "LineageOS/android_frameworks_opt_telephony: GsmAlphabetTest.java (seven septets in seven octets)",
        text: "@@@@@@@",
        dcs: 0x00,
        length: 7,
        header: "",
        body: "00000000000000",
    },
    Wire {
        source: "LineageOS/android_frameworks_opt_telephony: GsmAlphabetTest.java (@ is code 0)",
        text: "@",
        dcs: 0x00,
        length: 1,
        header: "",
        body: "00",
    },
    Wire {
        source: "agreed by aosp, node-pdu, ofono, warthog618 (an escape pair in septets 159 and 160)",
        text: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa€",
        dcs: 0x00,
        length: 160,
        header: "",
        body: "E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E87C3E170381C0E6FCA",
    },
    Wire {
        source: "RestComm/jss7: UserDataTest.java (an odd header leaves one of 140 octets unused)",
        text: " от него улетит самый замечательный ангелочек!Просто улет,а ты как",
        dcs: 0x08,
        length: 139,
        header: "06080400D10302",
        body: "0020043E04420020043D04350433043E00200443043B0435044204380442002004410430043C044B0439002004370430043C04350447043004420435043B044C043D044B043900200430043D04330435043B043E04470435043A0021041F0440043E04410442043E00200443043B04350442002C043000200442044B0020043A0430043A",
    },
    Wire {
        source: "gammu/gammu: 100.dump (UCS-2 where GSM-7 would do)",
        text: "123456",
        dcs: 0x08,
        length: 12,
        header: "",
        body: "003100320033003400350036",
    },
    Wire {
        source: "warthog618/sms: encode_test.go (a surrogate pair)",
        text: "hello 😁",
        dcs: 0x08,
        length: 16,
        header: "",
        body: "00680065006C006C006F0020D83DDE01",
    },
    Wire {
        source: "LineageOS/android_frameworks_opt_telephony: GsmSmsTest.java",
        text: "™©®hello",
        dcs: 0x08,
        length: 16,
        header: "",
        body: "212200A900AE00680065006C006C006F",
    },
    Wire {
        source: "pmarti/python-messaging: test_sms.py",
        text: "hey yo",
        dcs: 0x10,
        length: 6,
        header: "",
        body: "E8721E947F03",
    },
    Wire {
        source: "linux-mobile-broadband/ModemManager: test-sms-part-3gpp.c",
        text: "Info SFR - Confidentiel, à ne jamais transmettre -\r\nVoici votre nouveau mot de passe : sw2ced pour gérer votre compte SFR sur www.sfr.fr ou par téléphone au 963",
        dcs: 0xF1,
        length: 160,
        header: "",
        body: "49B7F90D9A1AA5A01668F8769BD3E4B29B9E2EB359A03FC85D06A9C3ED707A0EA2CBC3EE79BB4CA7CBCBA05643617DA7C76990FD4D979741EE77DD5E0ED741ED371D442E83E0E1F9BC0CD281E677D9B84C06C1DF7539E85C9097E520FB9B2E2F83C6EF369C5E064D8D52D0BC2E07DDEF77D7DC2C7799E5A0771D040FCB41F402BB0047BFDD6550B80ECAD966",
    },
    Wire {
        source: "pmarti/python-messaging: test_sms.py",
        text: "BÄRÇA äñ@",
        dcs: 0x00,
        length: 9,
        header: "",
        body: "C2AD341104EDFB00",
    },
    Wire {
        source: "pmarti/python-messaging: test_sms.py",
        text: "Hölä",
        dcs: 0x00,
        length: 4,
        header: "",
        body: "483E7B0F",
    },
    Wire {
        source: "linux-mobile-broadband/ModemManager: test-sms-part-3gpp.c",
        text: "hellohello",
        dcs: 0x00,
        length: 10,
        header: "",
        body: "E8329BFD4697D9EC37",
    },
    Wire {
        source: "osmocom/libosmocore: sms_test.c",
        text: "test text",
        dcs: 0x00,
        length: 9,
        header: "",
        body: "F4F29C0EA297F174",
    },
    Wire {
        source: "osmocom/libosmocore: sms_test.c",
        text: "enhanced ^ {][} test |+~ ^ test",
        dcs: 0x00,
        length: 39,
        header: "",
        body: "65373AEC1E97C9A00D05B4416D7C1BDE2605A297E774D006B8DAF4401B0A885E9ED301",
    },
    Wire {
        source: "RestComm/jss7: GSMCharsetTest.java",
        text: "[88]",
        dcs: 0x00,
        length: 6,
        header: "",
        body: "1B1E0EB7F101",
    },
    Wire {
        source: "gammu/gammu: 05.dump",
        text: "Zkouska sirén",
        dcs: 0x00,
        length: 13,
        header: "",
        body: "DAF5BB3E5F8741F3B4BCE006",
    },
    Wire {
        source: "warthog618/sms: ucs2_test.go",
        text: "你好！Howdy",
        dcs: 0x08,
        length: 16,
        header: "",
        body: "4F60597DFF010048006F007700640079",
    },
    Wire {
        source: "warthog618/sms: gsm7_test.go",
        text: "mes|sage",
        dcs: 0x00,
        length: 9,
        header: "",
        body: "EDF27C039C87CF65",
    },
    Wire {
        source: "LineageOS/android_frameworks_opt_telephony: GsmSmsTest.java (Turkish single shift)",
        text: "ĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğş",
        dcs: 0x00,
        length: 159,
        header: "03240101",
        body: "D81C37D34D7273DECC37E9CD7133DD2437E7CD7C93DE1C37D34D7273DECC37E9CD7133DD2437E7CD7C93DE1C37D34D7273DECC37E9CD7133DD2437E7CD7C93DE1C37D34D7273DECC37E9CD7133DD2437E7CD7C93DE1C37D34D7273DECC37E9CD7133DD2437E7CD7C93DE1C37D34D7273DECC37E9CD7133DD2437E7CD7C93DE1C37D34D7273DECC01",
    },
    Wire {
        source: "agreed by aosp, ofono, warthog618",
        text: "¿Qué será, será? Ñandú ç áéíóú €",
        dcs: 0x00,
        length: 46,
        header: "03240102",
        body: "0047EB05D0BC2CDF8459A07959BE09FF40DDB09BBCA9833609D0265CD8A437EF4D1DB42903",
    },
    Wire {
        source: "agreed by aosp, ofono, warthog618",
        text: "আমি বাংলায় গান গাই ৳১২",
        dcs: 0x00,
        length: 34,
        header: "06240104250104",
        body: "0461140484068CD0A1137481BE40176801B4616D341B0E",
    },
    Wire {
        source: "agreed by aosp, ofono, warthog618",
        text: "नमस्ते दुनिया १२३",
        dcs: 0x00,
        length: 28,
        header: "06240106250106",
        body: "2F21F37BCA8256D3577408056D3A1BCFE603",
    },
    Wire {
        source: "agreed by aosp, ofono, warthog618",
        text: "سلام دنیا کیسے ہو ۱۲۳",
        dcs: 0x00,
        length: 32,
        header: "0624010D25010D",
        body: "BD26C009D23CB300D031DBDB82AC53D0A6B3F16C3E",
    },
    Wire {
        source: "agreed by aosp, warthog618",
        text: "ಂಃಅಆಇಈಉಊಋ\nಌ\rಎಏಐಒಓಔಕಖಗಘಙಚಛಜಝಞ !ಟಠಡಢಣತ)(ಥದ,ಧ.ನ0123456789:;ಪಫ?ಬಭಮಯರಱಲಳವಶಷಸಹ಼ಽಾಿೀುೂೃೄೆೇೈೊೋೌ್ೕabcdefghijklmnopqrstuvwxyzೖೠೡೢೣ",
        dcs: 0x00,
        length: 125,
        header: "03250107",
        body: "0808068482E1804828160DC7032299502A960B26A3E1743C1F50483422954C27544AB562B55C2F584C36A3D56C375C4EB7EBF97EC0A070482C1A8F49E592D9743EA151E9945AB562B35A6ED7FB0587C56372D97C46A7D56B76DBFD86C7E5737ADD7EC7E7F57B7EDFFF07",
    },
    Wire {
        source: "LineageOS/android_frameworks_opt_telephony: GsmAlphabetTest.java",
        text: "aaaaaaaaaabbbbbbbbbbcccccccccc",
        dcs: 0x00,
        length: 37,
        header: "050003010202",
        body: "C2E170381C0E87C361B1582C168BC562B1783C1E8FC7E3F1783C06",
    },
    Wire {
        source: "LineageOS/android_frameworks_opt_telephony: GsmSmsTest.java",
        text: "1111111222222222222222222222",
        dcs: 0x00,
        length: 35,
        header: "050003000202",
        body: "62B1582C168BC96432994C2693C96432994C2693C96432990C",
    },
    Wire {
        source: "sailfishos-native/ofono-mirror: test-sms.c",
        text: "EMS messages can contain italic, bold, large, small and colored text",
        dcs: 0x00,
        length: 99,
        header: "1A0A031906200A032104100A032705040A032E05080A043807002B",
        body: "8ACD29A85D9ECFC3E7F21C340EBB41E3B79B1E4EBB41697A989D1EB340E2379BCC02B1C3F27399059AB7C36C3628EC2683C66FF65B5E2683E8653C1D",
    },
    Wire {
        source: "agreed by aosp, gammu, node-pdu, ofono, warthog618",
        text: "Hi@",
        dcs: 0x00,
        length: 7,
        header: "027000",
        body: "804C0300",
    },
    Wire {
        source: "agreed by aosp, gammu, node-pdu, ofono, warthog618",
        text: "Hi@",
        dcs: 0x00,
        length: 8,
        header: "03700101",
        body: "40A601",
    },
    Wire {
        source: "agreed by aosp, gammu, node-pdu, ofono, warthog618",
        text: "Hi@",
        dcs: 0x00,
        length: 9,
        header: "0470020102",
        body: "20D300",
    },
    Wire {
        source: "agreed by aosp, gammu, node-pdu, ofono, warthog618",
        text: "Hi@",
        dcs: 0x00,
        length: 10,
        header: "057003010203",
        body: "906900",
    },
    Wire {
        source: "agreed by aosp, gammu, node-pdu, ofono, warthog618",
        text: "Hi@",
        dcs: 0x00,
        length: 11,
        header: "06700401020304",
        body: "C83400",
    },
    Wire {
        source: "agreed by aosp, gammu, node-pdu, ofono, warthog618",
        text: "Hi@",
        dcs: 0x00,
        length: 13,
        header: "0770050102030405",
        body: "00320D00",
    },
    Wire {
        source: "agreed by aosp, gammu, node-pdu, ofono, warthog618",
        text: "Hi@",
        dcs: 0x00,
        length: 14,
        header: "087006010203040506",
        body: "00990600",
    },
];

/// Octets that no sound sender makes, or that septet writes in another way: what is read, and what that forgives.
const READ: &[(Wire, &[Deviation])] = &[
    (
        Wire {
            source: "linux-mobile-broadband/ModemManager: test-sms-part-3gpp.c (the fill bit is 1)",
            text: "This is a very long test designed to exercise multi part capability. It should show up as one message, not as two, as the underlying encoding represents ",
            dcs: 0x00,
            length: 160,
            header: "0500034C0201",
            body: "A9E8F41C949E83C2207B599E07B1DFEE33885E9ED341E4F23C7D7697C920FA1B54C697E5E3F4BC0C6AD7D9F434081E96D341E3303C2C4EB3D3F4BC0B94A483E6E8779D4D06CDD1EF3BA80E0785E7A0B7BB0C6A97E7F3F0B9CC02B9DF7450780EA2DFDF2C50780EA2A3CBA0BA9B5C96B3F369F71954768FDFE4B4FB0C9297E1F2F2BCECA6CF41",
        },
        &[Deviation::FillBits],
    ),
    (
        Wire {
            source: "linux-mobile-broadband/ModemManager: test-sms-part-3gpp.c (the fill bit is 1)",
            text: "that the parts are related to one another. ",
            dcs: 0x00,
            length: 50,
            header: "0500034C0202",
            body: "E9E8301D44479741F0B09C3E0785E56590BCCC0ED3CB6410FD0D7ABBCBA0B0FB4D4797E52E10",
        },
        &[Deviation::FillBits],
    ),
    (
        Wire {
            source: "RestComm/jss7: GSMCharsetTest.java (sequence 3 of 1)",
            text: "Hell",
            dcs: 0x00,
            length: 11,
            header: "050003050103",
            body: "9065361B",
        },
        &[Deviation::IgnoredElement],
    ),
    (
        Wire {
            source: "warthog618/sms: gsm7_test.go (ESC at the end)",
            text: "message ",
            dcs: 0x00,
            length: 8,
            header: "",
            body: "EDF27C1E3E9737",
        },
        &[Deviation::TrailingEscape],
    ),
    (
        Wire {
            source: "LineageOS/android_frameworks_opt_telephony: GsmAlphabetTest.java (ESC ESC is one space)",
            text: " ",
            dcs: 0x00,
            length: 2,
            header: "",
            body: "9B0D",
        },
        &[Deviation::UnknownEscape],
    ),
    (
        Wire {
            source: "LineageOS/android_frameworks_opt_telephony: GsmAlphabetTest.java (ESC 00 is the base letter)",
            text: "@",
            dcs: 0x00,
            length: 2,
            header: "",
            body: "1B00",
        },
        &[Deviation::UnknownEscape],
    ),
    (
        Wire {
            source: "LineageOS/android_frameworks_opt_telephony: GsmAlphabetTest.java (ESC 7F is the base letter)",
            text: "à",
            dcs: 0x00,
            length: 2,
            header: "",
            body: "9B3F",
        },
        &[Deviation::UnknownEscape],
    ),
    (
        Wire {
            source: "warthog618/sms: gsm7_test.go (ESC ESC before a letter)",
            text: "mes ¡sage",
            dcs: 0x00,
            length: 10,
            header: "",
            body: "EDF27CB301CEC3E732",
        },
        &[Deviation::UnknownEscape],
    ),
    (
        Wire {
            source: "LineageOS/android_frameworks_opt_telephony: GsmSmsTest.java (single shift element before concatenation)",
            text: "ĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞİğşıĞŞ",
            dcs: 0x00,
            length: 159,
            header: "082401010003070201",
            body: "6073DC4C37C9CD7933DFA437C7CD7493DC9C37F34D7A73DC4C37C9CD7933DFA437C7CD7493DC9C37F34D7A73DC4C37C9CD7933DFA437C7CD7493DC9C37F34D7A73DC4C37C9CD7933DFA437C7CD7493DC9C37F34D7A73DC4C37C9CD7933DFA437C7CD7493DC9C37F34D7A73DC4C37C9CD7933DFA437C7CD7493DC9C37F34D7A73DC4C01",
        },
        &[],
    ),
    (
        Wire {
            source: "LineageOS/android_frameworks_opt_telephony: GsmSmsTest.java (single shift element before concatenation)",
            text: "İğşı",
            dcs: 0x00,
            length: 19,
            header: "082401010003070202",
            body: "6093DC9C37F34D1A",
        },
        &[],
    ),
    (
        Wire {
            source: "agreed by aosp, ofono, warthog618 (Turkish single shift, letters of the basic table escaped)",
            text: "\u{c}^{}\\[~]|ĞİŞç€ğış",
            dcs: 0x00,
            length: 39,
            header: "03240101",
            body: "D82836940D6A93DABC36BC4D6FE3DB0037C74D7233DD8C37E5CD7993DECC01",
        },
        &[],
    ),
    (
        Wire {
            source: "agreed by aosp, ofono, warthog618 (Bengali single shift, both codes of doubled characters)",
            text: "@£$¥¿\"¤%&'\u{c}*+-/<=>¡^¡_#*০১২৩৪৫৬৭৮৯য়ৠৡৢ{}ৣ৲৳৴৵\\৶৷৸৹৺[~]|ABCDEFGHIJKLMNOPQRSTUV",
            dcs: 0x00,
            length: 159,
            header: "03240104",
            body: "D80036818D6033D81036858D6173D82036898D62B3D830368ECD6303D9443692CD6443D9543696CD6583D964369A0D67D3D978369F0D6813DA8836A30D6953DA9836A70D6A93DAA836AB0D6BD3DAB836AF0D6C13DBC836B30D6DC3DBF436BE0D7013DC0837C30D7153DC1837C70D7293DC2837CB0D73D3DC3837CF0D7413DD4837D30D7553DD5801",
        },
        &[],
    ),
    (
        Wire {
            source: "TS 23.038 fallback, verified: ESC and a code of no extension character",
            text: "a",
            dcs: 0x00,
            length: 2,
            header: "",
            body: "9B30",
        },
        &[Deviation::UnknownEscape],
    ),
    (
        Wire {
            source: "Android: a space sent as the hole of the Bengali locking table",
            text: " ",
            dcs: 0x00,
            length: 6,
            header: "03250104",
            body: "E002",
        },
        &[Deviation::UnassignedCode],
    ),
    (
        Wire {
            source: "warthog618/sms up to 2020: shift elements in decimal, which are unknown ones",
            text: "g",
            dcs: 0x00,
            length: 7,
            header: "03180101",
            body: "D89C01",
        },
        &[Deviation::UnknownEscape],
    ),
    (
        Wire {
            source: "verified: 8-bit concatenation, one fill bit",
            text: "Hello",
            dcs: 0x00,
            length: 12,
            header: "050003A50201",
            body: "906536FB0D",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: 16-bit concatenation, no fill bits",
            text: "Hello",
            dcs: 0x00,
            length: 13,
            header: "06080412340201",
            body: "C8329BFD06",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: Turkish single shift",
            text: "ğ",
            dcs: 0x00,
            length: 7,
            header: "03240101",
            body: "D89C01",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: Turkish locking",
            text: "ğ",
            dcs: 0x00,
            length: 6,
            header: "03250101",
            body: "6000",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: Turkish single shift and locking",
            text: "ğ€",
            dcs: 0x00,
            length: 10,
            header: "06240101250101",
            body: "0C02",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: 8-bit concatenation and single shift",
            text: "ğ",
            dcs: 0x00,
            length: 13,
            header: "080003A50201240101",
            body: "607306",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: 8-bit concatenation and both shifts",
            text: "ığ",
            dcs: 0x00,
            length: 16,
            header: "0B0003A50201240101250101",
            body: "1C18",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: 16-bit concatenation and single shift",
            text: "ğ",
            dcs: 0x00,
            length: 14,
            header: "09080412340201240101",
            body: "B03903",
        },
        &[],
    ),
    (
        Wire {
            source: "verified: 16-bit concatenation and both shifts",
            text: "ğ",
            dcs: 0x00,
            length: 16,
            header: "0C080412340201240101250101",
            body: "18",
        },
        &[],
    ),
    (
        Wire {
            source: "TS 23.040: a reserved language is ignored",
            text: "g",
            dcs: 0x00,
            length: 7,
            header: "0324010E",
            body: "D89C01",
        },
        &[Deviation::UnknownEscape, Deviation::IgnoredElement],
    ),
    (
        Wire {
            source: "an element of the wrong length is ignored",
            text: "Hi",
            dcs: 0x00,
            length: 8,
            header: "0424020101",
            body: "20D3",
        },
        &[Deviation::IgnoredElement],
    ),
    (
        Wire {
            source: "TS 23.040: elements that do not fill the header are ignored, their octets skipped",
            text: "Hi",
            dcs: 0x00,
            length: 8,
            header: "0400030102",
            body: "20D3",
        },
        &[Deviation::MalformedHeader],
    ),
    (
        Wire {
            source: "fewer octets than TP-UDL says",
            text: "hello",
            dcs: 0x00,
            length: 10,
            header: "",
            body: "E8329BFD46",
        },
        &[Deviation::Truncated],
    ),
    (
        Wire {
            source: "an odd octet of UCS-2",
            text: "A",
            dcs: 0x08,
            length: 3,
            header: "",
            body: "004100",
        },
        &[Deviation::OddOctet],
    ),
    (
        Wire {
            source: "half a surrogate pair",
            text: "\u{fffd}A",
            dcs: 0x08,
            length: 4,
            header: "",
            body: "D83D0041",
        },
        &[Deviation::LoneSurrogate],
    ),
    (
        Wire {
            source: "Korean carriers: a data coding of a reserved group is read as the default alphabet",
            text: "A",
            dcs: 0x84,
            length: 1,
            header: "",
            body: "41",
        },
        &[Deviation::ReservedCoding],
    ),
    (
        Wire {
            source: "the reserved alphabet is read as the default one",
            text: "A",
            dcs: 0x0C,
            length: 1,
            header: "",
            body: "41",
        },
        &[Deviation::ReservedCoding],
    ),
    (
        Wire {
            source: "page break",
            text: "\u{c}",
            dcs: 0x00,
            length: 2,
            header: "",
            body: "1B05",
        },
        &[],
    ),
];

/// The text of a row as the segment of a message that has as many segments as the row's header says, encoded.
///
/// Before it stand full segments of letters, behind it a character that does not fit any more.
#[track_caller]
fn encode(wire: &Wire) -> UserData {
    let header = wire.header();
    let pair = header.pair();
    let mut tables = NationalTables::NONE;
    if let Some(language) = support::language(pair.locking) {
        tables = tables.allow_locking(language);
    }
    if let Some(language) = support::language(pair.single) {
        tables = tables.allow_single_shift(language);
    }
    let own: Vec<(u8, Vec<u8>)> = header
        .elements
        .iter()
        .flatten()
        .filter(|(identifier, _)| !matches!(identifier, 0x00 | 0x08 | 0x24 | 0x25))
        .cloned()
        .collect();
    let elements = support::header_elements(&own);
    let mut options = SegmentOptions::new()
        .national_tables(tables)
        .header_elements(&elements);
    let (bits, reference, total, sequence) = header.concatenation().unwrap_or((8, 0, 1, 1));
    if bits == 16 {
        options = options.concatenation(septet::Concatenation::Bits16);
    }
    let (capacity, wide) = match wire.encoding() {
        Encoding::Gsm7 => (naive::septet_capacity(header.octets), "€"),
        Encoding::Ucs2 => (naive::code_unit_capacity(header.octets), "😀"),
    };
    let before = "a".repeat(capacity * usize::from(sequence - 1));
    let behind = wide.repeat(capacity / 2 * usize::from(total - sequence));
    let text = format!("{before}{}{behind}", wire.text);
    let message = Message::try_with_encoding(&text, options, wire.encoding())
        .expect("one pair holds the text");
    let segment = message
        .segments()
        .expect("few segments")
        .nth(usize::from(sequence - 1))
        .expect("as many segments as the row has");
    assert_eq!(segment.text(), wire.text, "{}", wire.source);
    assert_eq!(segment.total(), total, "{}", wire.source);
    UserData::encode(&segment, reference).expect("the reference fits")
}

#[test]
fn octets_are_made_as_others_make_them() {
    for wire in ENCODED {
        let user_data = encode(wire);
        assert_eq!(
            hex(user_data.as_octets()),
            hex(&wire.octets()),
            "{}",
            wire.source
        );
        assert_eq!(user_data.length(), wire.length, "{}", wire.source);
        assert_eq!(user_data.has_header(), wire.has_header(), "{}", wire.source);
        let coding = DataCoding::new(wire.dcs);
        let user_data = match coding.class() {
            Some(class) => user_data.with_class(class),
            None => user_data,
        };
        // F1 and 11 say the same: the octet itself may differ.
        let found = user_data.data_coding();
        assert_eq!(found.class(), coding.class(), "{}", wire.source);
        assert_eq!(found.coding(), coding.coding(), "{}", wire.source);
    }
}

#[test]
fn octets_are_read_as_others_read_them() {
    let sound = ENCODED.iter().map(|wire| (wire, &[][..]));
    let odd = READ.iter().map(|(wire, forgiven)| (wire, *forgiven));
    for (wire, forgiven) in sound.chain(odd) {
        let octets = wire.octets();
        let received = ReceivedUserData::packed(
            DataCoding::new(wire.dcs),
            wire.has_header(),
            wire.length,
            &octets,
        );
        let decoded = received.decode().expect("a text");
        assert_eq!(decoded.text(), wire.text, "{}", wire.source);
        let found: Vec<Deviation> = decoded.forgiven().iter().collect();
        assert_eq!(found, forgiven, "{}", wire.source);
        match received.decode_strict() {
            Ok(text) => {
                assert_eq!(text, wire.text, "{}", wire.source);
                assert!(forgiven.is_empty(), "{}", wire.source);
            }
            Err(_) => assert!(!forgiven.is_empty(), "{}", wire.source),
        }
        let header = wire.header();
        let concatenation = received
            .concatenation()
            .map(|it| (it.bits(), it.reference(), it.total(), it.sequence()));
        assert_eq!(concatenation, header.concatenation(), "{}", wire.source);
        let whole = wire.has_header() && header.elements.is_some();
        assert_eq!(received.header().is_some(), whole, "{}", wire.source);
    }
}

/// What the properties compare with must itself agree with everyone else.
#[test]
fn the_oracle_makes_and_reads_these_octets_too() {
    for wire in ENCODED.iter().chain(READ.iter().map(|(wire, _)| wire)) {
        let (coding, _, _) = naive::data_coding(wire.dcs);
        let text = naive::read_packed(coding, wire.has_header(), wire.length, &wire.octets());
        assert_eq!(text.as_deref(), Some(wire.text), "{}", wire.source);
    }
    for wire in ENCODED {
        let header = octets(wire.header);
        let (length, packed) = match wire.encoding() {
            Encoding::Gsm7 => {
                let septets = wire.header().pair().septets(wire.text);
                naive::pack(&header, &septets.expect("the pair holds the text"))
            }
            Encoding::Ucs2 => {
                let all = [header, naive::utf16_be(wire.text)].concat();
                (all.len(), all)
            }
        };
        assert_eq!(hex(&packed), hex(&wire.octets()), "{}", wire.source);
        assert_eq!(length, usize::from(wire.length), "{}", wire.source);
    }
}

// ---------------------------------------------------------------------------------------------------- unpacked

#[test]
fn unpacked_text_has_one_septet_an_octet() {
    for (source, text, expected) in [
        ("RestComm/jss7", "Hell", "48656C6C"),
        ("RestComm/jss7", "[88]", "1B3C38381B3E"),
        ("Android", "Voice Mail", "566F696365204D61696C"),
    ] {
        let mut segments = Message::new(text).segments().expect("one segment");
        let segment = segments.next().expect("one segment");
        let unpacked = UserData::encode_unpacked(&segment, 0).expect("no reference is needed");
        assert_eq!(hex(unpacked.as_octets()), expected, "{source}");
        assert_eq!(unpacked.data_coding(), 0, "{source}");
        assert!(!unpacked.has_header(), "{source}");
        let octets = octets(expected);
        let received = ReceivedUserData::unpacked(0, false, &octets).expect("GSM-7");
        assert_eq!(received.decode_strict().expect("clean"), text, "{source}");
    }
}

// ---------------------------------------------------------------------------------------------------- out of band

#[test]
fn tables_agreed_out_of_band_are_used_where_the_header_names_none() {
    use NationalLanguage::{Spanish, Turkish};
    // oFono, unit/test-sms.c: tables given to the decoder, no header.
    for (locking, single, text, length, body) in [
        (
            Some(Turkish),
            Some(Turkish),
            "\u{c}^{}\\[~]|ĞİŞç€ğış",
            26,
            "1BC586B2416D529BD786B7E96D7C1BE002C8011318870E",
        ),
        (
            Some(Spanish),
            Some(Spanish),
            "ç\u{c}^{}\\[~]|ÁÍÓÚá€íóú",
            38,
            "9BC446B1A16C509BD4E6B5E16D7A1BDF06B8096E929BE7A6BA096FCA9BF4E6BDA903",
        ),
        (
            Some(Turkish),
            None,
            "@£$¥€éùıòÇ\nĞğ\rÅå",
            16,
            "8080604028180E888462C168381E",
        ),
    ] {
        let octets = octets(body);
        let (found, alphabet) = (
            ReceivedUserData::packed(DataCoding::new(0x00), false, length, &octets),
            Alphabet::new(locking, single),
        );
        let decoded = found.with_alphabet(alphabet).decode().expect("a text");
        assert_eq!(decoded.text(), text);
        assert_ne!(found.decode().expect("a text").text(), text);
    }
    // The header's own element wins.
    let octets = octets("03240101D89C01");
    let received = ReceivedUserData::packed(DataCoding::new(0x00), true, 7, &octets);
    let portuguese = Alphabet::new(None, Some(NationalLanguage::Portuguese));
    let decoded = received.with_alphabet(portuguese).decode();
    assert_eq!(decoded.expect("a text").text(), "ğ");
}

// ---------------------------------------------------------------------------------------------------- data coding

#[test]
fn every_data_coding_octet_means_what_the_standard_says() {
    for value in 0..=0xFF {
        let coding = DataCoding::new(value);
        let (expected, class, compressed) = naive::data_coding(value);
        assert_eq!(coding.value(), value);
        let expected = match expected {
            naive::Coding::Gsm7 => Coding::Gsm7,
            naive::Coding::Data => Coding::Data,
            naive::Coding::Ucs2 => Coding::Ucs2,
        };
        assert_eq!(coding.coding(), expected, "{value:02X}");
        let class = class.map(|class| match class {
            0 => MessageClass::Class0,
            1 => MessageClass::Class1,
            2 => MessageClass::Class2,
            _ => MessageClass::Class3,
        });
        assert_eq!(coding.class(), class, "{value:02X}");
        assert_eq!(coding.is_compressed(), compressed, "{value:02X}");
        let reserved_alphabet = value < 0x80 && value & 0x0C == 0x0C;
        let reserved_group = (0x80..0xC0).contains(&value);
        // The reference says nothing of reserved bits in the groups behind these.
        if value < 0xC0 {
            let reserved = reserved_alphabet || reserved_group;
            assert_eq!(coding.is_reserved(), reserved, "{value:02X}");
        }
    }
}

#[test]
fn a_flash_message_has_class_0() {
    for (text, dcs) in [("A", 0x10), ("ж", 0x18)] {
        let mut segments = Message::new(text).segments().expect("one segment");
        let segment = segments.next().expect("one segment");
        let plain = UserData::encode(&segment, 0).expect("no reference is needed");
        assert_eq!(plain.data_coding().class(), None);
        let flash = plain.with_class(MessageClass::Class0);
        assert_eq!(flash.data_coding().value(), dcs);
        assert_eq!(flash.data_coding().class(), Some(MessageClass::Class0));
        assert_eq!(flash.as_octets(), plain.as_octets());
    }
}

#[test]
fn data_and_compressed_text_are_no_text() {
    let octets = [0x41; 4];
    let read = |dcs| {
        ReceivedUserData::packed(DataCoding::new(dcs), false, 4, &octets)
            .decode()
            .map(|decoded| decoded.text().to_string())
    };
    for dcs in [0x04, 0x14, 0xF4, 0xF7] {
        assert!(matches!(read(dcs), Err(NotText::Data)), "{dcs:02X}");
    }
    for dcs in [0x20, 0x28, 0x60] {
        assert!(matches!(read(dcs), Err(NotText::Compressed)), "{dcs:02X}");
    }
}

// ---------------------------------------------------------------------------------------------------- headers

#[test]
fn the_last_of_two_elements_counts() {
    let octets = octets("0B 0003010201 080400070302");
    let header = UserDataHeader::read(&octets).expect("filled exactly");
    let concatenation = header.concatenation().expect("two of them");
    assert_eq!(
        (
            concatenation.bits(),
            concatenation.reference(),
            concatenation.total(),
            concatenation.sequence()
        ),
        (16, 7, 3, 2)
    );
    let octets = support::octets("06 240101 240103");
    let header = UserDataHeader::read(&octets).expect("filled exactly");
    let portuguese = Alphabet::new(None, Some(NationalLanguage::Portuguese));
    assert_eq!(header.alphabet(), portuguese);
}

#[test]
fn the_order_of_elements_is_free() {
    for header in [
        "0B 0003A50201 240101 250103",
        "0B 250103 0003A50201 240101",
        "0B 240101 250103 0003A50201",
    ] {
        let octets = octets(header);
        let header = UserDataHeader::read(&octets).expect("filled exactly");
        let both = Alphabet::new(
            Some(NationalLanguage::Portuguese),
            Some(NationalLanguage::Turkish),
        );
        assert_eq!(header.alphabet(), both);
        let concatenation = header.concatenation().expect("one");
        assert_eq!(concatenation.reference(), 0xA5);
    }
}

#[test]
fn ports_are_read() {
    let octets = octets("06 05040B8423F0");
    let header = UserDataHeader::read(&octets).expect("filled exactly");
    assert!(header.ports().is_some());
    let octets = support::octets("05 0003A50201");
    let header = UserDataHeader::read(&octets).expect("filled exactly");
    assert!(header.ports().is_none());
}

// ---------------------------------------------------------------------------------------------------- reassembly

/// A short message of GSM-7 with this header.
#[track_caller]
fn gsm7(header: &str, septets: &[u8]) -> (u8, Vec<u8>) {
    let (length, octets) = naive::pack(&octets(header), septets);
    (u8::try_from(length).expect("fits"), octets)
}

fn text(header: &str, text: &str) -> (u8, Vec<u8>) {
    gsm7(header, &Pair::DEFAULT.septets(text).expect("GSM-7"))
}

fn received((length, octets): &(u8, Vec<u8>)) -> ReceivedUserData<'_> {
    ReceivedUserData::packed(DataCoding::new(0x00), true, *length, octets)
}

#[track_caller]
fn complete(outcome: Outcome) -> String {
    match outcome {
        Outcome::Complete(assembled) => assembled.decode().expect("a text").into_text(),
        Outcome::Stored => panic!("stored"),
        Outcome::Duplicate => panic!("a duplicate"),
    }
}

#[test]
fn a_message_of_one_segment_is_complete_at_once() {
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    // Total 1 is legal; sequence 3 of 1 is an element to ignore; so is a total of 0.
    for header in ["0500030A0101", "050003050103", "050003050000", "027000"] {
        let message = text(header, "Hell");
        let arrival = reassembler.push(1, received(&message), 0);
        assert_eq!(complete(arrival.outcome), "Hell", "{header}");
        assert_eq!(reassembler.pending_sets(), 0);
    }
}

#[test]
fn an_escape_pair_split_over_two_segments_is_joined() {
    let first = gsm7("050003070201", &[b'a', 0x1B]);
    let second = gsm7("050003070202", &[0x65, b'b']);
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    assert!(matches!(
        reassembler.push(1, received(&second), 0).outcome,
        Outcome::Stored
    ));
    let Outcome::Complete(assembled) = reassembler.push(1, received(&first), 0).outcome else {
        panic!("two of two");
    };
    let decoded = assembled.decode().expect("a text");
    assert_eq!(decoded.text(), "a€b");
    let forgiven: Vec<Deviation> = decoded.forgiven().iter().collect();
    assert_eq!(forgiven, [Deviation::SplitEscape]);
}

#[test]
fn a_surrogate_pair_split_over_two_segments_is_joined() {
    let first = octets("050003070201 0041 D83D");
    let second = octets("050003070202 DE00 0042");
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    let ucs2 = |octets| ReceivedUserData::packed(DataCoding::new(0x08), true, 10, octets);
    assert!(matches!(
        reassembler.push(1, ucs2(&first), 0).outcome,
        Outcome::Stored
    ));
    let arrival = reassembler.push(1, ucs2(&second), 0);
    assert_eq!(complete(arrival.outcome), "A😀B");
}

#[test]
fn what_differs_in_sender_width_reference_or_total_is_not_joined() {
    let first = text("050003070201", "one ");
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    assert!(matches!(
        reassembler.push(1, received(&first), 0).outcome,
        Outcome::Stored
    ));
    for (sender, header) in [
        (2, "050003070202"),
        (1, "06080400070202"),
        (1, "050003080202"),
        (1, "050003070302"),
    ] {
        let other = text(header, "two");
        let arrival = reassembler.push(sender, received(&other), 0);
        assert!(matches!(arrival.outcome, Outcome::Stored), "{header}");
    }
    assert_eq!(reassembler.pending_sets(), 5);
    let second = text("050003070202", "two");
    let arrival = reassembler.push(1, received(&second), 0);
    assert_eq!(complete(arrival.outcome), "one two");
    assert_eq!(reassembler.pending_sets(), 4);
    assert_eq!(reassembler.drain().len(), 4);
    assert_eq!(reassembler.pending_sets(), 0);
    assert_eq!(reassembler.pending_octets(), 0);
}

#[test]
fn another_content_at_a_taken_place_begins_a_new_message() {
    let old = text("050003070201", "old ");
    let new = text("050003070201", "new ");
    let second = text("050003070202", "end");
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    let arrival = reassembler.push(1, received(&old), 0);
    assert!(matches!(arrival.outcome, Outcome::Stored));
    let again = reassembler.push(1, received(&old), 0);
    assert!(matches!(again.outcome, Outcome::Duplicate));
    let arrival = reassembler.push(1, received(&new), 0);
    assert!(matches!(arrival.outcome, Outcome::Stored));
    assert_eq!(arrival.given_up.len(), 1);
    assert!(matches!(
        arrival.given_up[0].cause(),
        GivenUp::ReferenceReused
    ));
    let arrival = reassembler.push(1, received(&second), 0);
    assert_eq!(complete(arrival.outcome), "new end");
}

#[test]
fn a_set_that_never_completes_expires_with_what_it_has() {
    let first = text("050003070302", "middle");
    let mut reassembler = Reassembler::new(ReassemblyLimits::new().lifetime_ms(1_000));
    let arrival = reassembler.push("sender", received(&first), 50_000);
    assert!(matches!(arrival.outcome, Outcome::Stored));
    assert!(reassembler.expire(50_500).is_empty());
    let expired = reassembler.expire(60_000);
    assert_eq!(expired.len(), 1);
    assert_eq!(*expired[0].sender(), "sender");
    assert!(matches!(expired[0].cause(), GivenUp::Expired));
    let set = expired[0].concatenation().expect("three were announced");
    assert_eq!(set.total(), 3);
    let sequences: Vec<u8> = expired[0]
        .segments()
        .iter()
        .map(|segment| segment.sequence())
        .collect();
    assert_eq!(sequences, [2]);
    assert_eq!(reassembler.pending_sets(), 0);
    // A reference used again much later starts afresh.
    let other = text("050003070301", "first");
    let arrival = reassembler.push("sender", received(&other), 60_000);
    assert!(matches!(arrival.outcome, Outcome::Stored));
    let late = text("050003070303", "last");
    let arrival = reassembler.push("sender", received(&late), 90_000);
    assert_eq!(arrival.given_up.len(), 1);
    assert_eq!(reassembler.pending_sets(), 1);
}

// ---------------------------------------------------------------------------------------------------- counts

/// What a text costs: who says so, the text as pieces and how often each, whether it is GSM-7, the units of each segment.
type Count = (
    &'static str,
    &'static [(&'static str, usize)],
    bool,
    &'static [usize],
);

#[rustfmt::skip]
const COUNTS: &[Count] = &[
    // source, pieces and how often, GSM-7?, units of each segment
    ("Twilio: 5 of the maintainers' live measurements, 1a", &[("a", 80), ("\r\n", 1), ("a", 79)], true, &[153, 8]),
    ("Twilio: live, 1b", &[("a", 80), ("\n", 1), ("a", 79)], true, &[160]),
    ("Twilio: live, 1c", &[("a", 200), ("\r\n", 1), ("a", 105)], true, &[153, 153, 1]),
    ("Twilio: live, 2a, composed", &[("é", 70)], true, &[70]),
    ("Twilio: live, 2b, decomposed", &[("e\u{301}", 70)], false, &[67, 67, 6]),
    ("Twilio: billed 3 where ceil says 2", &[("]", 153)], true, &[152, 152, 2]),
    ("Twilio: brackets cost one unit under UCS-2", &[("😀", 1), ("]", 68)], false, &[70]),
    ("Twilio: brackets cost one unit under UCS-2", &[("😀", 1), ("]", 69)], false, &[67, 4]),
    ("Twilio: small c with cedilla", &[("ç", 71)], false, &[67, 4]),
    ("Twilio: a flag is four units", &[("🇮🇹", 1), ("2", 67)], false, &[67, 4]),
    ("Twilio: a joined flag is six units", &[("🏳\u{fe0f}\u{200d}🌈", 1), ("2", 65)], false, &[67, 4]),
    ("Twilio: three accents on one letter", &[("e\u{301}\u{302}\u{303}", 1), ("a", 66)], false, &[70]),
    ("split-sms: every extension character", &[("\u{c}|^€{}[~]\\", 8)], true, &[160]),
    ("split-sms: every extension character", &[("\u{c}|^€{}[~]\\", 30), ("\u{c}|^€", 1)], true, &[152, 152, 152, 152]),
    ("split-sms: BMP and astral in turn", &[("☃🐳", 23), ("☃", 1)], false, &[70]),
    ("split-sms: a pair at the edge", &[("☃", 66), ("🐳", 1), ("☃", 3)], false, &[66, 5]),
    ("split-sms: a pair at the edge", &[("🐳", 33), ("☃", 1), ("🐳", 2)], false, &[67, 4]),
    ("split-sms: empty", &[("", 1)], true, &[0]),
    ("sms-counter-php: backtick", &[("`", 1), ("1", 70)], false, &[67, 4]),
    ("sms-counter-php: delete is no GSM-7", &[("\u{7f}", 1)], false, &[1]),
    ("sms-counter-php: the last of the BMP", &[("\u{ffff}", 1)], false, &[1]),
    ("sms-counter-php: the first beyond it", &[("𐀀", 1)], false, &[2]),
    ("sms-counter-php: emoji", &[("😎", 36)], false, &[66, 6]),
    ("sms-counter-php: emoji and a dash", &[("😎", 33), ("-", 1), ("😎", 33), ("-", 1)], false, &[67, 67]),
    ("smsutil: extension characters at the end", &[("1", 145), ("{", 15)], true, &[153, 22]),
    ("smsutil: an escape pair at septet 153", &[("1", 152), ("{", 1), ("1", 12)], true, &[152, 14]),
    ("smsutil: emoji", &[("🍔", 80)], false, &[66, 66, 28]),
    ("gosmpp: an escape pair at septet 161", &[("a", 160), ("{", 1)], true, &[153, 9]),
    ("identity-idp: pipes", &[("|", 81)], true, &[152, 10]),
    ("identity-idp: pipes", &[("|", 154)], true, &[152, 152, 4]),
    ("identity-idp: pipes under UCS-2", &[("|", 69), ("😑", 1)], false, &[67, 4]),
    ("identity-idp: flags", &[("🇺🇸", 18)], false, &[66, 6]),
    ("identity-idp: a woman with a heart", &[("👩\u{200d}❤\u{fe0f}\u{200d}👩", 1)], false, &[8]),
    ("identity-idp: accented o in Spanish", &[("código", 1)], false, &[6]),
    ("notifications-utils: seven segments", &[("à", 919)], true, &[153, 153, 153, 153, 153, 153, 1]),
    ("notifications-utils: seven segments", &[("ÿ", 403)], false, &[67, 67, 67, 67, 67, 67, 1]),
    ("notifications-utils: a bracket that fits", &[("a", 304), ("[", 1)], true, &[153, 153]),
    ("notifications-utils: a bracket that does not", &[("a", 304), ("[]", 1)], true, &[153, 153, 2]),
    ("notifications-utils: astral ideograph", &[("𠮷", 1)], false, &[2]),
    ("smstools: no-break space", &[("\u{a0}", 1)], false, &[1]),
    ("smstools: infinity is Portuguese", &[("∞", 1)], false, &[1]),
    ("smstools: Greek capitals of the alphabet", &[("Σ", 159), ("~", 1)], true, &[153, 8]),
    ("python-gsmmodem: eight brackets across the edge", &[("1", 150), ("[", 8)], true, &[152, 14]),
    ("sms (Go): an emoji on the second edge", &[("x", 133), ("👋", 1), ("x", 66)], false, &[67, 66, 67, 1]),
    ("oFono: 36 emoji", &[("😱", 36)], false, &[66, 6]),
    ("fxa: curly apostrophe", &[("d’avoir", 1)], false, &[7]),
];

#[test]
fn texts_cost_what_others_count_or_bill() {
    for (source, pieces, gsm7, expected) in COUNTS {
        let text: String = pieces
            .iter()
            .map(|(piece, times)| piece.repeat(*times))
            .collect();
        let message = Message::new(&text);
        let encoding = if *gsm7 {
            Encoding::Gsm7
        } else {
            Encoding::Ucs2
        };
        assert_eq!(message.encoding(), encoding, "{source}");
        assert_eq!(message.units(), expected.iter().sum::<usize>(), "{source}");
        let segments = message.segments().expect("few segments");
        let found: Vec<usize> = segments.map(|segment| segment.units()).collect();
        assert_eq!(found, *expected, "{source}");
        assert_eq!(message.segment_count(), expected.len(), "{source}");
        let words = Message::with_options(&text, SegmentOptions::new().cut(Cut::Word));
        assert_eq!(words.segment_count(), expected.len(), "{source}");
    }
}
