print("actkit")
