extension FleetFiles {
    /// The accounts of `ad-computers.csv` as ldapsearch -LLL writes them, with the attributes that planning uses.
    func writeLDIF(_ directory: String) {
        let file = Output(directory, "ad-computers.ldif")
        for index in 0..<count {
            file.put("dn: CN=PC-")
            file.put(index, width: 7)
            file.put(",OU=Site-")
            file.put(site(index), width: 2)
            file.put(",DC=corp,DC=fleet,DC=example\nobjectClass: top\nobjectClass: person\n")
            file.put("objectClass: organizationalPerson\nobjectClass: user\nobjectClass: computer\ncn: PC-")
            file.put(index, width: 7)
            file.put("\nobjectGUID:: ")
            let guid = (mixed(index, 12), mixed(index, 13))
            var octets: [UInt8] = []
            for shift in [32, 40, 48, 56, 16, 24, 0, 8] {
                octets.append(UInt8(truncatingIfNeeded: guid.0 >> UInt64(shift)))
            }
            for shift in stride(from: 56, through: 0, by: -8) {
                octets.append(UInt8(truncatingIfNeeded: guid.1 >> UInt64(shift)))
            }
            file.put(DirectoryFleet.base64(octets))
            file.put(mixed(index, 7) % 50 == 0 ? "\nuserAccountControl: 4098" : "\nuserAccountControl: 4096")
            file.put("\nprimaryGroupID: 515\nobjectSid:: ")
            var sid: [UInt8] = [1, 5, 0, 0, 0, 0, 0, 5]
            for part in [21, 3_141_592_653, 589_793_238, 462_643_383, 1_104 + index] {
                for shift in stride(from: 0, to: 32, by: 8) { sid.append(UInt8(truncatingIfNeeded: part >> shift)) }
            }
            file.put(DirectoryFleet.base64(sid))
            file.put("\nsAMAccountName: PC-")
            file.put(index, width: 7)
            file.put("$\noperatingSystem")
            switch kind(index) {
            case .windows7:
                file.put(enterprise(index) ? ": Windows 7 Enterprise" : ": Windows 7 Professional")
                file.put("\noperatingSystemVersion: 6.1 (7601)\noperatingSystemServicePack: Service Pack 1")
            case .windows10:
                file.put(enterprise(index) ? ": Windows 10 Enterprise" : ": Windows 10 Pro")
                file.put("\noperatingSystemVersion: 10.0 (19045)")
            case .windows11:
                file.put(enterprise(index) ? ": Windows 11 Enterprise" : ": Windows 11 Pro")
                file.put("\noperatingSystemVersion: 10.0 (22631)")
            case .server2008R2:
                file.put(":: V2luZG93cyBTZXJ2ZXLCriAyMDA4IFIyIFN0YW5kYXJk")
                file.put("\noperatingSystemVersion: 6.1 (7601)\noperatingSystemServicePack: Service Pack 1")
            case .server2012R2:
                file.put(": Windows Server 2012 R2 Standard\noperatingSystemVersion: 6.3 (9600)")
            }
            file.put("\ndNSHostName: ")
            name(file, index)
            let first = mixed(index, 8) % 30 == 0 ? 132_383_808_000_000_000 : 132_539_328_000_000_000
            let logon = first + Int(mixed(index, 9) % 2_400_000) * 10_000_000
            file.put("\nlastLogonTimestamp: ")
            file.put(logon)
            file.put("\npwdLastSet: ")
            file.put(logon - 86_400 * 10_000_000)
            if mixed(index, 14) % 50 == 0 {
                file.put("\nmemberOf: CN=ESU-Critical,OU=Groups,DC=corp,DC=fleet,DC=example")
            }
            file.put("\n\n")
        }
        file.close()
    }
}
