import GRDB

/// The shape of the store's tables, one migration per version. A migration that was released is never edited.
///
/// In every entity table `overlay` holds the times of those values that are older or newer than the entity (JSON, by
/// column; NULL for most rows), and `source` and `line` name the record that the entity was last described by.
enum Schema {
    /// Marks the file as a store of this program ("actk"), so that no other database is written to by mistake.
    ///
    /// Source: https://www.sqlite.org/pragma.html#pragma_application_id
    static let applicationID: Int64 = 0x6163_746B

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { database in
            try database.execute(sql: version1)
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        migrator.registerMigration("v2") { database in try database.execute(sql: version2) }
        migrator.registerMigration("key-configuration") { database in try database.execute(sql: keyConfiguration) }
        migrator.registerMigration("statements") { database in try database.execute(sql: statements) }
        migrator.registerMigration("kms") { database in try database.execute(sql: kms) }
        migrator.registerMigration("complete-lists") { database in
            try database.execute(sql: "ALTER TABLE import ADD COLUMN complete INTEGER")
        }
        migrator.registerMigration("kms-office-host") { database in try database.execute(sql: kmsOfficeHost) }
        migrator.registerMigration("groups") { database in try database.execute(sql: groups) }
        migrator.registerMigration("planned-key-rows") { database in try database.execute(sql: plannedKeyRows) }
        migrator.registerMigration("account-domain-and-deletion") { database in
            try database.execute(sql: "ALTER TABLE account ADD COLUMN dns_domain INTEGER")
            try database.execute(sql: "ALTER TABLE account ADD COLUMN deleted_at INTEGER")
        }
        migrator.registerMigration("group-sids") { database in
            try database.execute(sql: "ALTER TABLE directory_group ADD COLUMN sid TEXT")
            try database.execute(sql: "ALTER TABLE directory_group ADD COLUMN member_sids BLOB")
        }
        migrator.registerMigration("key-agreements") { database in try database.execute(sql: keyAgreements) }
        migrator.registerMigration("domains") { database in try database.execute(sql: domains) }
        return migrator
    }

    private static let version1 = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE text(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
        CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE import(
            id INTEGER PRIMARY KEY, file TEXT NOT NULL, format TEXT NOT NULL, bytes INTEGER, sha256 TEXT,
            imported_at INTEGER NOT NULL, taken INTEGER NOT NULL, unchanged INTEGER NOT NULL,
            rejected INTEGER NOT NULL);

        CREATE TABLE client(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, vamt_id BLOB, name TEXT, network INTEGER,
            network_type INTEGER, network_type_text INTEGER, os_edition INTEGER, os_version INTEGER,
            is_kms_host INTEGER, described INTEGER, overlay TEXT, source INTEGER, line INTEGER);
        CREATE TABLE client_mac(client INTEGER NOT NULL, mac INTEGER NOT NULL, PRIMARY KEY(client, mac)) WITHOUT ROWID;

        CREATE TABLE sku(id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, application, sku);
        CREATE TABLE product_profile(id INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE);
        CREATE TABLE product(
            id INTEGER PRIMARY KEY, cmid, export_guid, grace_expiration_date, installation_id TEXT,
            confirmation_id TEXT, last_action_status, last_error_code, last_updated, license_status,
            license_status_last_updated, license_status_reason, partial_product_key, product_key_id TEXT,
            profile INTEGER, overlay TEXT, source INTEGER, line INTEGER);
        CREATE TABLE available_product(
            id INTEGER PRIMARY KEY, application_name INTEGER, software_protection_service INTEGER, overlay TEXT,
            source INTEGER, line INTEGER);

        CREATE TABLE account(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, object_guid BLOB, sid TEXT, dns_host_name TEXT,
            sam_account_name TEXT, name TEXT, distinguished_name TEXT, operating_system INTEGER,
            operating_system_version INTEGER, operating_system_service_pack INTEGER, disabled INTEGER,
            deleted INTEGER, last_logon INTEGER, password_last_set INTEGER, created INTEGER, location INTEGER,
            description TEXT, account_control INTEGER, primary_group_id INTEGER, member_of TEXT,
            service_principal_names TEXT, domain INTEGER, overlay TEXT, source INTEGER, line INTEGER);

        CREATE TABLE license_key(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, lookup_mark TEXT, partial_key TEXT,
            extended_pid TEXT, key_type INTEGER, key_type_text TEXT, description TEXT, supported_editions TEXT,
            supported_sku BLOB, remarks TEXT, updated INTEGER, last_error_code INTEGER, program TEXT, year INTEGER,
            agreement TEXT, overlay TEXT, source INTEGER, line INTEGER, sealed BLOB);
        CREATE TABLE reading(
            id INTEGER PRIMARY KEY, license_key INTEGER NOT NULL, remaining INTEGER NOT NULL, read_at INTEGER NOT NULL,
            source INTEGER NOT NULL, line INTEGER NOT NULL, UNIQUE(license_key, remaining, read_at));

        CREATE TABLE purchase(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL, ordinal INTEGER NOT NULL, program TEXT NOT NULL,
            year INTEGER NOT NULL, quantity INTEGER NOT NULL, channel TEXT, agreement TEXT, order_date INTEGER,
            source INTEGER NOT NULL, line INTEGER NOT NULL, UNIQUE(identity, ordinal));

        CREATE TABLE mention(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, name TEXT, network TEXT, vamt_id BLOB);
        CREATE TABLE installed_update(
            id INTEGER PRIMARY KEY, installed_on INTEGER, source INTEGER NOT NULL, line INTEGER NOT NULL);
        CREATE TABLE tag(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, mention INTEGER NOT NULL, tag TEXT, hosting TEXT,
            endpoints INTEGER, route TEXT, source INTEGER NOT NULL, line INTEGER NOT NULL);

        CREATE TABLE forest_activation(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, installation_id TEXT, product_key_id TEXT,
            partial_key TEXT, activation_object_name TEXT, confirmation_id TEXT, overlay TEXT, source INTEGER,
            line INTEGER, sealed BLOB);
        CREATE TABLE client_setup_key(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, description TEXT, key_id TEXT, partial_key TEXT,
            supported_editions TEXT, supported_sku BLOB, key_type INTEGER, overlay TEXT, source INTEGER,
            line INTEGER, sealed BLOB);
        CREATE TABLE application(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, application_id BLOB, name TEXT,
            online_help_uri TEXT, overlay TEXT, source INTEGER, line INTEGER);
        CREATE TABLE key_type_name(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, key_type INTEGER, name TEXT, overlay TEXT,
            source INTEGER, line INTEGER);
        CREATE TABLE product_mapping(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, sku BLOB, application_id BLOB, product_name TEXT,
            edition TEXT, version_name TEXT, product_family TEXT, supports_ad INTEGER, kms_id BLOB, overlay TEXT,
            source INTEGER, line INTEGER);
        """

    /// Plans whose activations are held. Days are counted since 1970-01-01; keys, programs, decisions, partial keys and
    /// waves are rows of `text`.
    private static let version2 = """
        CREATE TABLE planned_run(
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, file TEXT NOT NULL, as_of INTEGER NOT NULL,
            expires INTEGER NOT NULL, recorded INTEGER NOT NULL, released INTEGER);
        CREATE TABLE planned_key(
            run INTEGER NOT NULL, license_key INTEGER NOT NULL, remaining INTEGER, read_at INTEGER,
            PRIMARY KEY(run, license_key)) WITHOUT ROWID;
        CREATE TABLE planned_assignment(
            run INTEGER NOT NULL, ordinal INTEGER NOT NULL, computer TEXT NOT NULL, program INTEGER NOT NULL,
            year INTEGER NOT NULL, decision INTEGER NOT NULL, license_key INTEGER NOT NULL, partial_key INTEGER,
            tier INTEGER, wave INTEGER, day INTEGER, PRIMARY KEY(run, ordinal)) WITHOUT ROWID;
        """

    /// Key configuration files. `folder` is the one that the file was read from as a whole, and `sha256` the digest of the
    /// content that the products stand for; both are NULL for files that were imported one by one. Editions are joined by
    /// semicolons.
    private static let keyConfiguration = """
        CREATE TABLE key_configuration(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folder TEXT, sha256 TEXT);
        CREATE TABLE configured_product(
            id INTEGER PRIMARY KEY, file INTEGER NOT NULL, activation_id BLOB NOT NULL, key_group INTEGER NOT NULL,
            editions TEXT NOT NULL, description TEXT, key_type TEXT, is_randomized INTEGER NOT NULL, algorithm INTEGER,
            UNIQUE(file, activation_id));
        CREATE TABLE configured_range(
            product INTEGER NOT NULL, ordinal INTEGER NOT NULL, first_serial INTEGER NOT NULL,
            last_serial INTEGER NOT NULL, part_number TEXT, eula_type TEXT,
            PRIMARY KEY(product, ordinal)) WITHOUT ROWID;
        """

    /// Events of Key Management Service: one row for all that differ in nothing but their time and in what belongs to a
    /// moment, of which the row holds the newest. `times` are the instants, by `TimeSet`. `computer` is a row of `text`.
    private static let kms = """
        CREATE TABLE kms_event(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, event INTEGER NOT NULL, computer INTEGER,
            partner TEXT, client_machine_id BLOB, activation_id BLOB, minimum_count INTEGER, result INTEGER,
            flags INTEGER, is_virtual INTEGER, license_status INTEGER, minutes_left INTEGER, is_activated INTEGER,
            current_count INTEGER, activation_interval INTEGER, renewal_interval INTEGER, last_at INTEGER NOT NULL,
            times BLOB NOT NULL, source INTEGER NOT NULL, line INTEGER NOT NULL);
        CREATE TABLE kms_host(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, computer TEXT, read_at INTEGER, is_enabled INTEGER,
            current_count INTEGER, port INTEGER, publishes_in_dns INTEGER, total_requests INTEGER,
            failed_requests INTEGER, requests_by_status TEXT, version TEXT, overlay TEXT, source INTEGER, line INTEGER);
        CREATE TABLE activation_object(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, distinguished_name TEXT, name TEXT, partial_key TEXT,
            extended_pid TEXT, activation_id BLOB, kms_ids TEXT, has_installation_id INTEGER,
            has_confirmation_id INTEGER, created INTEGER, overlay TEXT, source INTEGER, line INTEGER);
        """

    /// The state of KMS hosts for Office, whose clients a host counts apart from those of Windows in `kms_host`.
    private static let kmsOfficeHost = """
        CREATE TABLE kms_office_host(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, computer TEXT, read_at INTEGER, is_enabled INTEGER,
            current_count INTEGER, port INTEGER, publishes_in_dns INTEGER, total_requests INTEGER,
            failed_requests INTEGER, requests_by_status TEXT, version TEXT, overlay TEXT, source INTEGER, line INTEGER);
        """

    /// Groups of the directory. `members` are keys of names, by `MemberKeys`; `member_of` are rows of `text`. The ages are by
    /// `GroupTable`.
    private static let groups = """
        CREATE TABLE directory_group(
            id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, distinguished_name TEXT NOT NULL, age INTEGER NOT NULL,
            members BLOB, members_extent INTEGER, members_age INTEGER, member_of TEXT, member_of_age INTEGER,
            source INTEGER NOT NULL, line INTEGER NOT NULL);
        """

    /// The names of domains, in lower case. A name may stand in several rows: domains are renamed, and forests are many.
    private static let domains = """
        CREATE TABLE directory_domain(
            netbios_name TEXT NOT NULL, dns_name TEXT NOT NULL, PRIMARY KEY(netbios_name, dns_name)) WITHOUT ROWID;
        """

    /// The rows of `license_key` that were the key of a recorded plan; `license_key` is its id then, a row of `text`.
    private static let plannedKeyRows = """
        CREATE TABLE planned_key_row(
            run INTEGER NOT NULL, license_key INTEGER NOT NULL, row INTEGER NOT NULL,
            PRIMARY KEY(run, license_key, row)) WITHOUT ROWID;
        """

    /// Which files state a purchase or a tag, so that a file can take back what it said without taking back what another
    /// says. `import` is the number of the import that stated it last.
    private static let statements = """
        CREATE TABLE purchase_statement(
            row INTEGER NOT NULL, source INTEGER NOT NULL, line INTEGER NOT NULL, import INTEGER NOT NULL,
            PRIMARY KEY(row, source)) WITHOUT ROWID;
        INSERT INTO purchase_statement SELECT id, source, line, 0 FROM purchase;
        CREATE TABLE tag_statement(
            row INTEGER NOT NULL, source INTEGER NOT NULL, line INTEGER NOT NULL, import INTEGER NOT NULL,
            PRIMARY KEY(row, source)) WITHOUT ROWID;
        INSERT INTO tag_statement SELECT id, source, line, 0 FROM tag;
        """

    /// Which files state under which agreements keys stand; a key may stand under several. `import` is the number of the
    /// import that stated it last. The column `agreement` of `license_key` is not used any more.
    private static let keyAgreements = """
        CREATE TABLE key_agreement(
            license_key INTEGER NOT NULL, agreement TEXT NOT NULL, source INTEGER NOT NULL, line INTEGER NOT NULL,
            import INTEGER NOT NULL, PRIMARY KEY(license_key, agreement, source)) WITHOUT ROWID;
        INSERT INTO key_agreement SELECT id, agreement, source, coalesce(line, 0), 0 FROM license_key
            WHERE agreement IS NOT NULL AND source IS NOT NULL;
        UPDATE license_key SET agreement = NULL WHERE source IS NOT NULL;
        """
}
