// ESUPrograms
