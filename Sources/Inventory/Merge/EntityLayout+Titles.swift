import ActivationModel

/// What findings call entities and their values: the words of people and files, not those of the store.
extension EntityLayout {
    /// One entity of the kind, with its article.
    var subject: String {
        switch table {
        case "client": "a computer"
        case "product": "a product"
        case "available_product": "a product that a computer could hold"
        case "account": "an account"
        case "license_key": "a key"
        case "forest_activation": "an activation of the forest"
        case "client_setup_key": "a client set-up key"
        case "application": "an application"
        case "key_type_name": "a name of a key type"
        case "product_mapping": "a product of VAMT's table"
        case "kms_host", "kms_office_host": "a KMS host"
        case "activation_object": "an activation object"
        default: "a record"
        }
    }

    /// What a value is called: the leaf of a `.cilx` file for products, else the words of its name.
    func title(ofColumn column: Int) -> String {
        if table == ProductEntity.layout.table { return ProductEntity.fields[column].elementName }
        let name = columns[column].name
        return EntityLayout.titles[name] ?? name.replacing("_", with: " ")
    }

    private static let titles = [
        "lookup_mark": "whole key", "partial_key": "last five characters", "extended_pid": "extended PID",
        "key_type": "type", "key_type_text": "type", "supported_editions": "editions", "supported_sku": "activation id",
        "sku": "activation id", "activation_id": "activation id", "updated": "time of the count",
        "object_guid": "objectGUID",
        "sid": "SID", "dns_host_name": "DNS name", "dns_domain": "DNS name of the domain",
        "sam_account_name": "account name",
        "os_edition": "edition of Windows", "os_version": "version of Windows", "vamt_id": "id in VAMT",
        "is_kms_host": "mark of a KMS host", "has_installation_id": "presence of an installation id",
        "has_confirmation_id": "presence of a confirmation id", "kms_ids": "KMS ids", "kms_id": "KMS id",
        "member_of": "groups", "is_enabled": "mark whether the service is enabled",
    ]
}
