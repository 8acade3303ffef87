import Foundation

/// Records of Key Management Service of Contoso: a host in Berlin with enough clients, one in Zürich that never had enough,
/// three notebooks copied from one image, a client that nobody activates.
enum KMSFiles {
    static let berlin = "SRV-KMS-01.contoso.example"
    static let zurich = "ZRH-SRV-01.contoso.example"
    /// Made up, like all identifiers here.
    private static let windows = clientID("windows")
    private static let server = clientID("server")
    private static let office = clientID("office")

    private static func write(_ directory: String, _ name: String, _ text: String) {
        let file = Output(directory, name)
        file.put(text)
        file.close()
    }

    static func write(_ directory: String) {
        writeBerlin(directory)
        writeZurich(directory)
        writeApplication(directory)
        writeClient(directory)
        writeHosts(directory)
        writeHostTexts(directory)
        writeEventObjects(directory)
        writeObjects(directory)
    }

    private static func clientID(_ name: String) -> String {
        var seed = Seed("kms client " + name)
        return seed.guid()
    }

    // MARK: - Events

    /// One request as a host logs it.
    private static func request(
        _ client: String, id: String, product: String, minimum: Int, at time: String, result: String = "0x0",
        isVirtual: Bool = false
    ) -> String {
        let clock = time.prefix(16).replacingOccurrences(of: "-", with: "/").replacingOccurrences(of: "T", with: " ")
        return "\(result),\(minimum),\(client),\(id),\(clock),\(isVirtual ? 1 : 0),1,259200,\(product)"
    }

    private static func event(_ id: Int, record: Int, at time: String, log: String, computer: String, data: String)
        -> String
    {
        """
        <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>\
        <Provider Name="Microsoft-Windows-Security-SPP" Guid="{E23B33B0-C8C9-472C-A5F9-F2BDFEA0F156}" \
        EventSourceName="Software Protection Platform Service"/><EventID Qualifiers="16384">\(id)</EventID>\
        <Version>0</Version><Level>4</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x80000000000000</Keywords>\
        <TimeCreated SystemTime="\(time).0000000Z"/><EventRecordID>\(record)</EventRecordID><Channel>\(log)</Channel>\
        <Computer>\(computer)</Computer></System><EventData><Data>\(escaped(data))</Data></EventData></Event>

        """
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Event Viewer's "Save all events as" XML of the host in Berlin: 26 notebooks, the three copies among them, two servers
    /// and two with Office, each once a week in November 2026.
    private static func writeBerlin(_ directory: String) {
        var events: [(time: String, data: String)] = []
        func ask(_ name: String, _ id: String, _ product: String, _ minimum: Int, _ index: Int, isVirtual: Bool = false)
        {
            for week in 0..<3 {
                let time = "2026-11-\(two(2 + week * 7 + index % 5))T\(two(7 + index % 9)):\(two(index * 2 % 60)):00"
                events.append(
                    (
                        time,
                        request(
                            name + ".contoso.example", id: id, product: product, minimum: minimum, at: time,
                            isVirtual: isVirtual)
                    ))
            }
        }
        for number in 1...26 {
            let name = "BER-NB-\(two(number).count < 3 ? "0" + two(number) : two(number))"
            // The last three were copied from one image that was not generalized.
            ask(name, clientID(number > 23 ? "image" : name), windows, 25, number)
        }
        for number in 1...2 {
            ask("SRV-APP-0\(number)", clientID("SRV-APP-0\(number)"), server, 5, 30 + number, isVirtual: true)
            let name = "BER-NB-00\(number)"
            ask(name, clientID(name), office, 5, 40 + number)
        }
        events.sort { ($0.time, $0.data) < ($1.time, $1.data) }
        let text = events.enumerated().map { index, event in
            KMSFiles.event(
                12290, record: 4100 + index, at: event.time, log: "Key Management Service", computer: berlin,
                data: event.data)
        }.joined()
        write(
            directory, "berlin-requests.xml",
            "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<Events>\n" + text + "</Events>\n")
    }

    /// `Get-WinEvent | Export-Csv` of the host in Zürich, on a German Windows: four clients.
    private static func writeZurich(_ directory: String) {
        var rows = powerShellRow(["Message", "Id", "ProviderName", "LogName", "MachineName", "TimeCreated"])
        for number in 1...4 {
            let name = "ZRH-NB-00\(number)"
            for day in [3, 17] {
                let time = "2026-11-\(two(day + number))T08:1\(number):00"
                let data = request(
                    name + ".contoso.example", id: clientID(name), product: windows, minimum: 25, at: time,
                    result: "0xC004F038")
                rows += powerShellRow([
                    "Eine Aktivierungsanforderung wurde verarbeitet.\r\nInformationen:\r\n" + data, "12290",
                    "Microsoft-Windows-Security-SPP", "Key Management Service", zurich,
                    "\(two(day + number)).11.2026 08:1\(number):00",
                ])
            }
        }
        write(directory, "zurich-requests.csv", rows)
    }

    /// `Get-WinEvent -LogName Application | Export-Csv` of the host in Berlin: DNS, and an event of another program with a
    /// number of KMS.
    private static func writeApplication(_ directory: String) {
        let rows: [[String?]] = [
            ["Message", "Id", "ProviderName", "LogName", "MachineName", "TimeCreated"],
            [
                "Publishing the Key Management Service (KMS) to DNS in the 'contoso.example' domain is successful.\r\nInfo:\r\n",
                "12294", "Microsoft-Windows-Security-SPP", "Application", berlin, "11/22/2026 3:00:00 AM",
            ],
            [
                "Publishing the Key Management Service (KMS) to DNS in the 'lab.contoso.example' domain failed.\r\nInfo:\r\n"
                    + "0x8007232D", "12293", "Microsoft-Windows-Security-SPP", "Application", berlin,
                "11/22/2026 3:00:05 AM",
            ],
            [
                "Volume Shadow Copy Service warning: no writer answered.", "12290", "VSS", "Application", berlin,
                "11/22/2026 4:00:00 AM",
            ],
        ]
        write(directory, "berlin-application.csv", rows.map { powerShellRow($0) }.joined())
    }

    /// `wevtutil qe Application /f:xml` of a client in Zürich: no element around the events.
    private static func writeClient(_ directory: String) {
        let name = "ZRH-NB-001.contoso.example"
        let id = clientID("ZRH-NB-001")
        write(
            directory, "client-events.xml",
            event(
                12288, record: 910, at: "2026-11-18T08:11:00", log: "Application", computer: name,
                data: "0x0,0x00000000,\(zurich):1688,\(id),2026/11/18 08:11,0,5,0,\(windows),25")
                + event(
                    12289, record: 911, at: "2026-11-18T08:11:01", log: "Application", computer: name,
                    data: "0xC004F038,0x04000000,0,0,4,120,10080,2026/11/18 08:11"))
    }

    // MARK: - Hosts and activation objects

    /// `Get-CimInstance SoftwareLicensingService -ComputerName … | Select-Object … | Export-Csv`.
    private static func writeHosts(_ directory: String) {
        let rows: [[String?]] = [
            [
                "PSComputerName", "IsKeyManagementServiceMachine", "KeyManagementServiceCurrentCount",
                "KeyManagementServiceListeningPort", "KeyManagementServiceDnsPublishing",
                "KeyManagementServiceTotalRequests", "KeyManagementServiceFailedRequests",
                "KeyManagementServiceUnlicensedRequests", "KeyManagementServiceLicensedRequests",
                "KeyManagementServiceOOBGraceRequests", "KeyManagementServiceOOTGraceRequests",
                "KeyManagementServiceNonGenuineGraceRequests", "KeyManagementServiceNotificationRequests", "Version",
            ],
            [berlin, "1", "26", "1688", "True", "4188", "12", "0", "4100", "60", "0", "0", "16", "10.0.20348.1"],
            [zurich, "1", "4", "1688", "False", "97", "97", "0", "0", "0", "0", "0", "97", "10.0.17763.1"],
            [
                "SRV-APP-01.contoso.example", "0", "-1", "0", "True", "-1", "-1", "-1", "-1", "-1", "-1", "-1", "-1",
                "10.0.17763.1",
            ],
        ]
        write(directory, "kms-hosts.csv", rows.map { powerShellRow($0) }.joined())
    }

    /// A product of a host's key and the state below it, as slmgr prints them.
    private static func hostText(
        product: String, channel: String, application: String, partialKey: String, count: Int, port: Int,
        publishes: Bool, requests: [Int], isVerbose: Bool = true
    ) -> [String] {
        var seed = Seed("kms host product " + product)
        var lines = ["Name: \(product)", "Description: \(channel)"]
        if isVerbose {
            lines += [
                "Activation ID: \(seed.guid())", "Application ID: \(application)",
                "Extended PID: 03612-00206-553-000123-03-1033-20348.0000-0722024", "Product Key Channel: Volume:CSVLK",
                "Installation ID: " + String(repeating: "1234565", count: 9),
                "Use License URL: https://activation-v2.sls.microsoft.com/SLActivateProduct/SLActivateProduct.asmx?configextension=Retail",
            ]
        }
        lines += ["Partial Product Key: \(partialKey)", "License Status: Licensed"]
        if isVerbose {
            lines += [
                "Remaining Windows rearm count: 1001", "Remaining SKU rearm count: 1001",
                "Trusted time: 11/23/2026 9:30:00 AM",
            ]
        }
        let labels = [
            "Total requests received", "Failed requests received", "Requests with License Status Unlicensed",
            "Requests with License Status Licensed", "Requests with License Status Initial grace period",
            "Requests with License Status License expired or Hardware out of tolerance",
            "Requests with License Status Non-genuine grace period", "Requests with License Status Notification",
        ]
        return lines + [
            "", "Key Management Service is enabled on this machine", "    Current count: \(count)",
            "    Listening on Port: \(port)", "    DNS publishing \(publishes ? "enabled" : "disabled")",
            "    KMS priority: Normal", "", "Key Management Service cumulative requests received from clients",
        ] + zip(labels, requests).map { "    \($0): \($1)" } + [""]
    }

    /// `slmgr /dlv all` of the host in Berlin on a console of 80 columns, which counts for Windows and for Office, and
    /// `slmgr /dli` of the one in Zürich.
    private static func writeHostTexts(_ directory: String) {
        let version = ["Software licensing service version: 10.0.20348.1", ""]
        let windows = hostText(
            product: "Windows(R), ServerStandard edition",
            channel: "Windows(R) Operating System, VOLUME_KMS_WS22 channel",
            application: "55c92734-d682-4d71-983e-d6ec3f16059f", partialKey: "KM2HX", count: 28, port: 1688,
            publishes: true, requests: [4202, 12, 0, 4112, 62, 0, 0, 16])
        let office = hostText(
            product: "Office 21, Office21KMSHostVL_KMS_Host edition", channel: "Office 21, VOLUME_KMS channel",
            application: "0ff1ce15-a989-479d-af46-f275c6370663", partialKey: "KF2HX", count: 2, port: 1688,
            publishes: true, requests: [31, 0, 0, 31, 0, 0, 0, 0])
        let second = hostText(
            product: "Windows(R), ServerStandard edition",
            channel: "Windows(R) Operating System, VOLUME_KMS_WS19 channel", application: "", partialKey: "KZ2HX",
            count: 4, port: 1688, publishes: false, requests: [101, 101, 0, 0, 0, 0, 0, 101], isVerbose: false)
        let first = (version + windows + office).flatMap { line -> [String] in
            line.isEmpty
                ? [""]
                : stride(from: 0, to: line.count, by: 80).map { String(line.dropFirst($0).prefix(80)) }
        }
        let text = (["=== \(berlin) ==="] + first + ["=== \(zurich) ==="] + version + second)
        write(directory, "slmgr-hosts.txt", text.map { $0 + "\r\n" }.joined())
    }

    /// The newest request of a client in Zürich as `Get-WinEvent … | Export-Clixml`, and one of another as
    /// `ConvertTo-Json`, which cuts the strings of events off and leaves the message.
    private static func writeEventObjects(_ directory: String) {
        func request(_ number: Int, _ time: String) -> String {
            KMSFiles.request(
                "ZRH-NB-00\(number).contoso.example", id: clientID("ZRH-NB-00\(number)"), product: windows, minimum: 25,
                at: time, result: "0xC004F038")
        }
        let strings = request(1, "2026-11-23T08:11:00").split(separator: ",").enumerated().map { index, text in
            "<Obj RefId=\"\(index + 2)\"><Props><S N=\"Value\">\(text)</S></Props></Obj>"
        }.joined()
        write(
            directory, "zurich-requests.clixml",
            """
            <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
              <Obj RefId="0">
                <TN RefId="0"><T>System.Diagnostics.Eventing.Reader.EventLogRecord</T><T>System.Object</T></TN>
                <ToString>System.Diagnostics.Eventing.Reader.EventLogRecord</ToString>
                <Props>
                  <I32 N="Id">12290</I32>
                  <By N="Version">0</By>
                  <S N="ProviderName">Microsoft-Windows-Security-SPP</S>
                  <S N="LogName">Key Management Service</S>
                  <S N="MachineName">\(zurich)</S>
                  <DT N="TimeCreated">2026-11-23T09:11:00+01:00</DT>
                  <Obj N="Properties" RefId="1"><LST>\(strings)</LST></Obj>
                </Props>
                <MS><S N="Message">An activation request has been processed.</S></MS>
              </Obj>
            </Objs>

            """)
        write(
            directory, "zurich-requests.json",
            """
            {
                "Id":  12290,
                "ProviderName":  "Microsoft-Windows-Security-SPP",
                "LogName":  "Key Management Service",
                "MachineName":  "\(zurich)",
                "TimeCreated":  "\\/Date(1795421520000)\\/",
                "Properties":  [
                                   "System.Diagnostics.Eventing.Reader.EventProperty"
                               ],
                "Message":  "An activation request has been processed.\\r\\nInfo:\\r\\n\(request(2, "2026-11-23T08:12:00"))"
            }

            """)
    }

    /// csvde of the container of activation objects.
    private static func writeObjects(_ directory: String) {
        let container = "CN=Activation Objects,CN=Microsoft SPP,CN=Services,CN=Configuration,DC=contoso,DC=example"
        write(
            directory, "activation-objects.csv",
            "DN,objectClass,cn,displayName,whenCreated,msSPP-CSVLKPartialProductKey,msSPP-CSVLKPid,msSPP-CSVLKSkuId\r\n"
                + "\"CN=7b1f0c52-63d0-4b4b-8d53-0f6f6a7c1d11,\(container)\",msSPP-ActivationObject,"
                + "7b1f0c52-63d0-4b4b-8d53-0f6f6a7c1d11,Contoso Windows Server 2022,20240312101500.0Z,KM2HX,"
                + "03612-00206-553-000123-03-1031-20348.0000-0722024,X'11223344556677488899aabbccddeeff'\r\n")
        write(
            directory, "activation-objects.ldf",
            "dn: CN=7b1f0c52-63d0-4b4b-8d53-0f6f6a7c1d11,\(container)\r\nchangetype: add\r\n"
                + "objectClass: top\r\nobjectClass: msSPP-ActivationObject\r\n"
                + "cn: 7b1f0c52-63d0-4b4b-8d53-0f6f6a7c1d11\r\ndisplayName: Contoso Windows Server 2022\r\n"
                + "whenCreated: 20240312101500.0Z\r\nmsSPP-CSVLKPartialProductKey: KM2HX\r\n"
                + "msSPP-CSVLKPid: 03612-00206-553-000123-03-1031-20348.0000-0722024\r\n"
                + "msSPP-CSVLKSkuId:: ESIzRFVmd0iImaq7zN3u/w==\r\nmsSPP-KMSIds:: AAECAwQFRgeICQoLDA0ODw==\r\n\r\n")
    }

    // MARK: - Damaged

    static func writeDamaged(_ directory: String) {
        let time = "2026-11-02T07:00:00"
        let data = request(
            "BER-NB-001.contoso.example", id: clientID("BER-NB-001"), product: windows, minimum: 25, at: time)
        let good = event(12290, record: 1, at: time, log: "Key Management Service", computer: berlin, data: data)
        write(directory, "kms-cut.xml", "<Events>\n" + good + String(good.prefix(500)))
        write(
            directory, "kms-bad-rows.xml",
            "<Events>\n" + good
                + event(
                    12290, record: 2, at: time, log: "Key Management Service", computer: berlin,
                    data: "0x0,25,BER-NB-002")
                + event(12291, record: 3, at: "yesterday", log: "Application", computer: berlin, data: "0x80070005")
                + "</Events>\n")
        let host = hostText(
            product: "Windows(R), ServerStandard edition",
            channel: "Windows(R) Operating System, VOLUME_KMS_WS22 channel", application: "", partialKey: "KM2HX",
            count: 28, port: 1688, publishes: true, requests: [4202, 12, 0, 4112, 62, 0, 0, 16], isVerbose: false)
        write(
            directory, "kms-host-numbers.txt",
            (["=== \(berlin) ==="] + host).map { $0.replacing("count: 28", with: "count: 2B") + "\n" }.joined())
        write(
            directory, "kms-no-computer.csv",
            "Level,Date and Time,Source,Event ID,Task Category\r\n"
                + "Information,11/22/2026 7:00:00 AM,Microsoft-Windows-Security-SPP,12290,None,\"Info: \(data)\"\r\n")
    }
}
