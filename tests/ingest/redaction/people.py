"""Given and family names by origin: an own list of names that are well known, of nobody real.

The product holds no list of names, so there is nothing here that it could have learnt by heart.
"""

WOMEN, MEN, FAMILIES = 0, 1, 2
NAMES = {
    "swedish": (
        "Anna Karin Åsa Elin Märta Ebba Linnéa Gunilla Maj-Britt Sara",
        "Erik Lars Björn Göran Åke Sven-Erik Oskar Nils Jörgen Mattias",
        "Andersson Lindqvist Öberg Sjöström Bergman Åkesson Lilja Nyström Hägg Dahl Palmér Ek",
    ),
    "english": (
        "Emily Charlotte Grace Hannah Rebecca Olivia Alice Victoria Ruth Mary-Jane",
        "James Oliver Thomas Harry William Edward George Simon Jack Peter",
        "Smith Thompson O'Connor Baker Wright Hughes Clarke McDonald Walker Bell Carter Young",
    ),
    "finnish": (
        "Aino Helmi Tuula Päivi Anneli Kaisa Sirpa Ritva",
        "Juhani Timo Eero Väinö Jukka Pekka Antti Risto",
        "Korhonen Virtanen Mäkinen Nieminen Hämäläinen Laine Heikkinen Järvinen",
    ),
    "arabic": (
        "Fatima Layla Noor Amira Zainab Huda Rania Samira",
        "Ahmed Omar Khalid Yusuf Hassan Ibrahim Tariq Mustafa",
        "Al-Hassan Haddad Mansour Nasser Khoury Said Al-Masri Barakat",
    ),
    "persian and kurdish": (
        "Shirin Parisa Nasrin Leyla Azadeh Roza Dilan Mahsa",
        "Reza Dariush Kaveh Arash Azad Siyamak Farhad Ali",
        "Hosseini Ahmadi Karimi Rezaei Barzani Mohammadi Jafari Tehrani",
    ),
    "turkish": (
        "Ayşe Elif Zeynep Emine Gül Fatma Derya Hatice",
        "Mehmet Ali Emre Murat Can Hakan Ömer Yusuf",
        "Yılmaz Kaya Demir Şahin Çelik Öztürk Arslan Doğan",
    ),
    "balkan": (
        "Jelena Ivana Milica Amra Lejla Dragana Vesna Sanja",
        "Nikola Goran Zoran Dejan Emir Milan Dragan Haris",
        "Petrović Jovanović Hadžić Kovačević Marković Begić Nikolić Horvat",
    ),
    "polish": (
        "Agnieszka Katarzyna Małgorzata Zofia Ewa Joanna Beata Magda",
        "Piotr Krzysztof Paweł Tomasz Marek Andrzej Łukasz Jan",
        "Kowalski Nowak Wiśniewska Zieliński Wójcik Lewandowski Mazur Dąbrowska",
    ),
    "somali and eritrean": (
        "Hodan Ifrah Amina Ayaan Selam Hiwot Sagal Fadumo",
        "Abdi Mohamed Abdullahi Yonas Filmon Liban Ismail Tesfay",
        "Warsame Farah Mohamud Abdi Tekle Ghebremariam Hersi Nur",
    ),
    "south asian": (
        "Priya Ananya Lakshmi Sunita Deepa Ayesha Kavita Meera",
        "Rahul Arjun Sanjay Vikram Imran Ravi Anil Suresh",
        "Patel Sharma Iyer Singh Khan Reddy Chatterjee Gupta",
    ),
    "east asian": (
        "Mei Xiu-Ying Yuki Ji-Woo Linh Hana Ying Sakura",
        "Wei Hiroshi Min-Jun Minh Jian Takeshi Tao Kenji",
        "Wang Nguyen Tanaka Kim Chen Li Park Watanabe",
    ),
    "spanish": (
        "Lucía Carmen Ximena Valentina Pilar Inés Rocío Catalina",
        "Javier Alejandro Íñigo Mateo Raúl Diego Andrés Joaquín",
        "García Fernández de_la_Cruz Muñoz Rodríguez Peña Morales Vega",
    ),
}
PAIRS = {
    origin: tuple(tuple(name.replace("_", " ") for name in names.split(" ")) for names in lists)
    for origin, lists in NAMES.items()
}
