def reckoned(quantity, subject, scene, matcher):
    return None
