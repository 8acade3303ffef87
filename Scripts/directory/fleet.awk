# Computer accounts in LDIF, all made up.
#
#   awk -v count=2000 -v base=DC=corp,DC=example,DC=test -v dialect=samba|slapd -f fleet.awk
#
# samba: objects that the server completes (GUID, SID). slapd: all attributes are given. Octets are base64.

function base64(octets,    i, n, text) {
    text = ""
    for (i = 1; i <= 16; i += 3) {
        n = octets[i] * 65536 + (i < 16 ? octets[i + 1] * 256 + octets[i + 2] : 0)
        text = text substr(digits, int(n / 262144) + 1, 1) substr(digits, int(n / 4096) % 64 + 1, 1)
        text = text (i < 16 ? substr(digits, int(n / 64) % 64 + 1, 1) substr(digits, n % 64 + 1, 1) : "==")
    }
    return text
}

function random(limit) {
    seed = (seed * 16807) % 2147483647
    return seed % limit
}

function container(name) {
    print "dn: " name "," base
    print "objectClass: organizationalUnit\n"
}

function describe(number) {
    kind = number % 8
    pack = ""
    if (kind == 0) { os = "Windows 7 Professional"; version = "6.1 (7601)"; pack = "Service Pack 1" }
    if (kind == 1) { os = "Windows 7 Enterprise"; version = "6.1 (7601)"; pack = "Service Pack 1" }
    if (kind == 2) { os = "Windows 10 Pro"; version = "10.0 (19045)" }
    if (kind == 3) { os = "Windows 10 Enterprise"; version = "10.0 (19044)" }
    if (kind == 4) { os = "Windows Server® 2008 Standard"; version = "6.0 (6003)"; pack = "Service Pack 2" }
    if (kind == 5) { os = "Windows Server 2008 R2 Enterprise"; version = "6.1 (7601)"; pack = "Service Pack 1" }
    if (kind == 6) { os = "Windows Server 2012 R2 Datacenter"; version = "6.3 (9600)" }
    if (kind == 7) { os = number % 16 == 7 ? "Samba" : "Windows 11 Enterprise"; version = number % 16 == 7 ? "4.17" : "10.0 (22631)" }
}

BEGIN {
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    seed = 20210201
    # A comma and a plus sign in names, and letters beyond ASCII.
    split("OU=Berlin|OU=Zürich\\, Süd|OU=R\\+D|OU=Łódź", units, "|")
    domain = "corp.example.test"
    if (dialect == "slapd") {
        print "dn: " base "\nobjectClass: dcObject\nobjectClass: organization\ndc: corp\no: Corp\n"
    }
    container("OU=Fleet")
    for (i = 1; i <= 4; i++) container(units[i] ",OU=Fleet")
    for (number = 1; number <= count; number++) {
        name = sprintf("PC%06d", number)
        describe(number)
        day = random(300)
        print "dn: CN=" name "," units[number % 4 + 1] ",OU=Fleet," base
        print "objectClass: computer"
        if (dialect == "slapd") {
            print "cn: " name "\nname: " name "\nobjectCategory: computer"
            for (i = 1; i <= 16; i++) octets[i] = random(256)
            print "objectGUID:: " base64(octets)
            # Revision 1, one part of an authority 5 and three random parts of a domain would be longer; this has two.
            octets[1] = 1; octets[2] = 2
            for (i = 3; i <= 8; i++) octets[i] = i == 8 ? 5 : 0
            for (i = 9; i <= 16; i++) octets[i] = i == 9 ? 21 : i < 13 ? 0 : i == 13 ? number % 256 : i == 14 ? int(number / 256) % 256 : i == 15 ? int(number / 65536) : 0
            print "objectSid:: " base64(octets)
            print "whenCreated: 20190" (1 + number % 9) "01080000.0Z"
            print "primaryGroupID: 515"
        }
        print "sAMAccountName: " name "$"
        # A tenth is disabled.
        print "userAccountControl: " (number % 10 == 0 ? 4130 : 4128)
        print "dNSHostName: " tolower(name) "." domain
        print "operatingSystem: " os
        print "operatingSystemVersion: " version
        if (pack != "") print "operatingSystemServicePack: " pack
        print "location: Building " number % 40
        if (number % 50 == 0) print "description: Prüfstand, \"Halle 3\"; seit 2014"
        # FILETIME of 2020-04-01 and later
        printf "lastLogonTimestamp: 1323%02d%012.0f\n", int(day / 8), (day % 8) * 100000000000 + number
        printf "pwdLastSet: 1323%02d%012.0f\n\n", int(day / 9), (day % 9) * 100000000000 + number
    }
}
